import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
/*% if has('videos.upload') %*/
import { publishVideo } from './support/clips';
/*% endif %*/
import type { Newcomer } from './support/people';

function menuButton(page: Page, { handle }: Newcomer) {
  return page.getByRole('button', { name: t('profiles.more', { handle }) });
}

async function openMenu(page: Page, member: Newcomer) {
  await page.goto(`/u/${member.handle}`);
  await menuButton(page, member).press('Enter');
  await expect(page.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
}

test('a member is muted by the menu, is not told, and is let back in by the settings', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const { page } = ann;
  const { handle } = ben;
  await openMenu(page, ben);
  await page.getByRole('menuitem', { name: t('blocks.mute', { handle }) }).press('Enter');
  await expect(page.getByText(t('blocks.muted', { handle }))).toBeVisible();
  await openMenu(page, ben);
  await expect(page.getByRole('menuitem', { name: t('blocks.unmuteOne', { handle }) })).toBeVisible();
  await expectDialog(page, menuButton(page, ben));
  const theirs = await people.client(ben);
  expect((await theirs.from('mutes').select()).data).toEqual([]);
  await theirs.from('mutes').delete().eq('muted_id', ben.id);
  await ben.page.goto(`/u/${ann.handle}`);
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(ann.handle);

  await page.goto('/settings/muted');
  const undo = page.getByRole('button', { name: t('blocks.unmuteOne', { handle }) });
  await expect(page.getByText(`@${handle}`)).toBeVisible();
  await undo.press('Enter');
  await expect(page.getByText(t('blocks.unmuted', { handle }))).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText(t('blocks.mutedEmpty'))).toBeVisible();
});

test('nobody can block or mute themselves, and visitors nobody', async ({ people }) => {
  const ann = await people.newcomer();
  await openMenu(ann.page, ann);
  await expect(ann.page.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
  const own = ann.page.getByRole('menuitem', { name: t('blocks.block', { handle: ann.handle }) });
  await expect(own).toBeHidden();
  const visitor = await people.open(null);
  await openMenu(visitor, ann);
  await expect(visitor.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
  const theirs = visitor.getByRole('menuitem', { name: t('blocks.mute', { handle: ann.handle }) });
  await expect(theirs).toBeHidden();
  const client = await people.client(ann);
  expect((await client.from('blocks').insert({ blocked_id: ann.id })).error?.code).toBe('23514');
  const outside = await people.client(null);
  expect((await outside.from('blocks').insert({ blocked_id: ann.id })).error?.code).toBe('42501');
});
/*% if has('videos.upload') and has('follows.feed') %*/

test('feeds are quiet about whoever is muted, and everything else is as it was', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const { id } = await publishVideo(people, ben, { caption: 'Loud' });
  const own = await people.client(ann);
  await own.from('follows').insert({ followee_id: ben.id }).throwOnError();
  const { page } = ann;
  await page.goto('/?tab=following');
  await expect(page.getByRole('article').getByText('Loud')).toBeVisible();
  await own.from('mutes').insert({ muted_id: ben.id }).throwOnError();
  await page.reload();
  await expect(page.getByText(t('follows.feedEmpty'))).toBeVisible();
  const { data: feed } = await own.rpc('feed_for_you', { p_limit: 100 }).throwOnError();
  expect(feed.map((video) => video.author_id)).not.toContain(ben.id);
/*% if has('notifications') %*/
  const theirs = await people.client(ben);
  await theirs.from('follows').insert({ followee_id: ann.id }).throwOnError();
  expect((await own.rpc('notification_entries', {})).data).toEqual([]);
/*% endif %*/
  await page.goto(`/videos/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Loud');
  await own.from('mutes').delete().eq('muted_id', ben.id).throwOnError();
  await page.goto('/?tab=following');
  await expect(page.getByRole('article').getByText('Loud')).toBeVisible();
});
/*% endif %*/
