import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { publishThing } from './support/clips';

function shareButton(page: Page, shares: number) {
  return page.getByRole('button', { name: t('reposts.share', { count: shares }), exact: true });
}

async function openSheet(page: Page, shares: number) {
  await shareButton(page, shares).press('Enter');
  await expect(page.getByRole('dialog', { name: t('reposts.thing.title') })).toBeVisible();
}

function reposted(page: Page, caption: string) {
  return page.getByRole('list', { name: t('reposts.tab') }).getByRole('link', { name: caption });
}

test('a person reposts a thing, others see it on their profile, and the person undoes it', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Paper boats' });
  const { page } = fan;
  await page.goto(`/things/${id}`);
  await openSheet(page, 0);
  await expect(page.getByText(t('reposts.reposts', { count: 0 }))).toBeVisible();
  await expectDialog(page, shareButton(page, 0));
  await openSheet(page, 0);
  await page.getByRole('button', { name: t('reposts.repost'), exact: true }).press('Enter');
  const undo = page.getByRole('button', { name: t('reposts.undo') });
  await expect(undo).toBeVisible();
  await expect(page.getByText(t('reposts.reposts', { count: 1 }))).toBeVisible();
  const client = await people.client(null);
  const count = async () =>
    (await client.from('things').select('repost_count').eq('id', id).single()).data;
  await expect.poll(count).toEqual({ repost_count: 1 });

  const visitor = await people.open(null);
  await visitor.goto(`/u/${fan.handle}`);
  await visitor.getByRole('tab', { name: t('reposts.tab') }).press('Enter');
  await expect(reposted(visitor, 'Paper boats')).toBeVisible();
  await expectAccessible(visitor);

  await undo.press('Enter');
  await expect(page.getByText(t('reposts.reposts', { count: 0 }))).toBeVisible();
  await expect.poll(count).toEqual({ repost_count: 0 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(
    page.getByRole('button', { name: t('reposts.share', { count: 0 }), exact: true }),
  ).toBeFocused();
  await visitor.reload();
  await expect(visitor.getByText(t('reposts.emptyTitle'))).toBeVisible();
});

test('a link that is copied leads to the thing, and counts once for each member', async ({
  people,
}) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Lanterns' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/things/${id}`);
  await openSheet(page, 0);
  await page.getByRole('button', { name: t('app.copyLink') }).press('Enter');
  await expect(page.getByText(t('app.linkCopied')).first()).toBeVisible();
  await openSheet(page, 1);
  await page.getByRole('button', { name: t('app.copyLink') }).press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.reload();
  await expect(
    page.getByRole('button', { name: t('reposts.share', { count: 1 }), exact: true }),
  ).toBeVisible();

  const visitor = await people.open(null);
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Lanterns');
  await openSheet(visitor, 1);
  await visitor.getByRole('button', { name: t('reposts.repost'), exact: true }).press('Enter');
  await expect(visitor).toHaveURL(`/sign-in?next=${encodeURIComponent(`/things/${id}`)}`);
});

test('nobody reposts for others or what they cannot see, and a private profile shows no reposts', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Masks' });
  const hidden = await publishThing(people, author, { caption: 'Props', visibility: 'private' });
  const own = await people.client(fan);
  const { data: made } = await own.from('thing_reposts').insert({ thing_id: id }).select('id');
  await own.from('thing_shares').insert({ thing_id: id }).throwOnError();
  expect((await own.from('thing_reposts').insert({ thing_id: id })).error?.code).toBe('23505');
  for (const table of ['thing_reposts', 'thing_shares'] as const) {
    expect((await own.from(table).insert({ thing_id: hidden.id })).error?.code).toBe('42501');
  }

  const client = await people.client(stranger);
  for (const table of ['thing_reposts', 'thing_shares'] as const) {
    const forged = await client.from(table).insert({ thing_id: id, user_id: fan.id });
    expect(forged.error?.code).toBe('42501');
  }
  const undone = client.from('thing_reposts').delete().eq('user_id', fan.id);
  expect((await undone.select()).data).toEqual([]);
  expect((await client.from('thing_shares').select().eq('thing_id', id)).data).toEqual([]);
  const maker = await people.client(author);
  const counted = await maker.from('things').update({ repost_count: 9 }).eq('id', id);
  expect(counted.error?.code).toBe('42501');
  const guest = await people.client(null);
  expect((await guest.from('thing_reposts').insert({ thing_id: id })).error?.code).toBe('42501');

  const of = () => client.from('thing_reposts').select('id').eq('user_id', fan.id);
  expect((await of()).data).toEqual(made);
  await stranger.page.goto(`/u/${fan.handle}?tab=reposts`);
  await expect(reposted(stranger.page, 'Masks')).toBeVisible();
  await own.from('profiles').update({ is_private: true }).eq('id', fan.id).throwOnError();
  await stranger.page.reload();
  await expect(stranger.page.getByText(t('profiles.privateTitle'))).toBeVisible();
  await expect(stranger.page.getByText('Masks')).toBeHidden();
  expect((await of()).data).toEqual([]);
});
