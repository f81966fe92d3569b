import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
/*% if has('videos.upload') %*/
import { publishVideo } from './support/clips';
/*% endif %*/
import type { Newcomer } from './support/people';

function menuButton(page: Page, { handle }: Newcomer) {
  return page.getByRole('button', { name: t('profiles.more', { handle }) });
}

async function askToBlock(page: Page, member: Newcomer) {
  const { handle } = member;
  await menuButton(page, member).press('Enter');
  await page.getByRole('menuitem', { name: t('blocks.block', { handle }) }).press('Enter');
  await expect(page.getByRole('alertdialog')).toBeVisible();
}

/** By the menu of a profile, with a question in between. */
async function block(page: Page, member: Newcomer) {
  const { handle } = member;
  await page.goto(`/u/${handle}`);
  await askToBlock(page, member);
  const dialog = page.getByRole('alertdialog', { name: t('blocks.blockTitle', { handle }) });
  await dialog.getByRole('button', { name: t('blocks.blockConfirm') }).press('Enter');
  await expect(page.getByText(t('blocks.blocked', { handle }))).toBeVisible();
  await expect(dialog).toBeHidden();
}

async function expectNoProfile(page: Page, { handle }: Newcomer) {
  await page.goto(`/u/${handle}`);
  await expect(page.getByText(t('app.notFoundTitle'))).toBeVisible();
}

test('a block hides two members from each other, and only who made it can end it', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  await ann.page.goto(`/u/${ben.handle}`);
  await askToBlock(ann.page, ben);
  await expectDialog(ann.page, menuButton(ann.page, ben));
  await block(ann.page, ben);
  await expectNoProfile(ann.page, ben);
  await expectNoProfile(ben.page, ann);
  const client = await people.client(ben);
  expect((await client.from('profiles').select('id').eq('id', ann.id)).data).toEqual([]);
  expect((await client.from('blocks').select()).data).toEqual([]);
  await client.from('blocks').delete().eq('blocked_id', ben.id);
  const forged = client.from('blocks').insert({ blocked_id: ann.id, blocker_id: ann.id });
  expect((await forged).error?.code).toBe('42501');
/*% if has('messages') %*/
  const begun = await client.rpc('find_or_create_conversation', { p_member: ann.id });
  expect(begun.error?.code).toBe('42501');
/*% endif %*/
  await ben.page.goto('/settings/blocked');
  await expect(ben.page.getByText(t('blocks.blockedEmpty'))).toBeVisible();

  const { page } = ann;
  await page.goto('/settings/blocked');
  const undo = page.getByRole('button', { name: t('blocks.unblockOne', { handle: ben.handle }) });
  await expect(page.getByText(`@${ben.handle}`)).toBeVisible();
  await expectAccessible(page);
  await undo.press('Enter');
  await expect(page.getByText(t('blocks.unblocked', { handle: ben.handle }))).toBeVisible();
  await expect(undo).toBeHidden();
  for (const [one, other] of [[ann, ben], [ben, ann]] as const) {
    await one.page.goto(`/u/${other.handle}`);
    await expect(one.page.getByRole('heading', { level: 1 })).toHaveText(other.handle);
  }
});
/*% if has('follows') %*/

test('a block ends what ties two members, and nothing new begins across it', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const own = await people.client(ann);
  const client = await people.client(ben);
  await own.from('follows').insert({ followee_id: ben.id }).throwOnError();
  await client.from('follows').insert({ followee_id: ann.id }).throwOnError();
/*% if has('messages.pages') %*/
  const begun = own.rpc('find_or_create_conversation', { p_member: ben.id });
  const { data: id } = await begun.throwOnError();
  const hello = { conversation_id: id, body: 'Hello Ben' };
  await own.from('messages').insert(hello).throwOnError();
/*% endif %*/
  await block(ann.page, ben);
  for (const { id: follower_id } of [ann, ben]) {
    const { data } = await own.from('follows').select().eq('follower_id', follower_id);
    expect(data).toEqual([]);
  }
  const again = await client.from('follows').insert({ followee_id: ann.id });
  expect(again.error?.code).toBe('42501');
/*% if has('notifications') %*/
  expect((await own.rpc('notification_entries', {})).data).toEqual([]);
  expect((await client.rpc('notification_entries', {})).data).toEqual([]);
/*% endif %*/
/*% if has('messages.pages') %*/

  for (const { page } of [ann, ben]) {
    await page.goto(`/messages/${id}`);
    await expect(page.getByText(t('messages.closed'))).toBeVisible();
    await expect(page.getByRole('textbox', { name: t('messages.write') })).toBeHidden();
  }
  const answer = { conversation_id: id, body: 'Why?' };
  expect((await client.from('messages').insert(answer)).error?.code).toBe('42501');
  expect((await client.rpc('can_message', { p_member: ann.id })).data).toBe(false);
  await own.from('blocks').delete().eq('blocked_id', ben.id).throwOnError();
  await client.from('messages').insert(answer).throwOnError();
  await ann.page.reload();
  await expect(ann.page.getByRole('log').getByText('Why?')).toBeVisible();
/*% endif %*/
});
/*% endif %*/
/*% if has('videos.upload') and has('comments@Video') %*/

test('neither sees what the other one shares, or answers it', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const cay = await people.newcomer();
  const meeting = await publishVideo(people, cay, { caption: 'For everyone' });
  const videos = new Map<Newcomer, { id: string; path: string }>();
  for (const who of [ann, ben]) {
    videos.set(who, await publishVideo(people, who, { caption: `Of ${who.handle}` }));
    const client = await people.client(who);
    const said = { video_id: meeting.id, body: `Said by ${who.handle}` };
    await client.from('video_comments').insert(said).throwOnError();
  }
  const own = await people.client(ann);
  await own.from('blocks').insert({ blocked_id: ben.id }).throwOnError();
  for (const [one, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    const { id = '', path = '' } = videos.get(other) ?? {};
    const { page } = one;
    await page.goto(`/videos/${id}`);
    await expect(page.getByText(t('videos.gone'))).toBeVisible();
    await page.goto(`/videos/${meeting.id}`);
    await expect(page.getByText(`Said by ${one.handle}`)).toBeVisible();
    await expect(page.getByText(`Said by ${other.handle}`)).toBeHidden();
    const client = await people.client(one);
    expect((await client.from('videos').select('id').eq('id', id)).data).toEqual([]);
    expect((await client.storage.from('videos').download(path)).error).not.toBeNull();
    const said = client.from('video_comments').insert({ video_id: id, body: 'Hello?' });
    expect((await said).error?.code).toBe('42501');
    const { data: feed } = await client.rpc('feed_for_you', { p_limit: 100 }).throwOnError();
    expect(feed.map((video) => video.author_id)).not.toContain(other.id);
  }
  await own.from('blocks').delete().eq('blocked_id', ben.id).throwOnError();
  await ben.page.reload();
  await expect(ben.page.getByText(`Said by ${ann.handle}`)).toBeVisible();
  await ben.page.goto(`/videos/${videos.get(ann)?.id}`);
  await expect(ben.page.getByRole('heading', { level: 1 })).toHaveText(`Of ${ann.handle}`);
});
/*% endif %*/
