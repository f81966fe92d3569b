import { expect, expectAccessible, t, test } from './fixtures';
/*% if has('follows.pages') %*/
import type { Page } from '@playwright/test';
import type { Newcomer } from './support/people';

function bell(page: Page, count: number) {
  const name = count > 0 ? t('notifications.bellUnread', { count }) : t('notifications.bell');
  return page.getByRole('link', { name, exact: true });
}

async function follow(who: Newcomer, whom: Newcomer) {
  await who.page.goto(`/u/${whom.handle}`);
  const label = (state: string) => t('follows.buttonLabel', { state, name: whom.handle });
  await who.page.getByRole('button', { name: label(t('follows.follow')) }).press('Enter');
  await expect(
    who.page.getByRole('button', { name: label(t('follows.following')) }),
  ).toBeVisible();
}

test('a person hears at once of who follows them, and opens it', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const eve = await people.newcomer();
  const { page } = ann;
  await page.goto(`/u/${ben.handle}`);
  await expect(bell(page, 0)).toBeVisible();
  await follow(ben, ann);
  await bell(page, 1).press('Enter');
  const what = t('follows.events.followed');
  const entry = page.getByRole('link', { name: t('notifications.one', { who: ben.handle, what }) });
  await expect(entry).toBeVisible();
  await expectAccessible(page);

  await follow(eve, ann);
  const both = page.getByRole('link', {
    name: t('notifications.more', { who: eve.handle, what, count: 1 }),
  });
  await expect(both).toBeVisible();
  await expect(both).toContainText(t('notifications.new'));
  await both.press('Enter');
  await expect(page).toHaveURL(`/u/${eve.handle}`);
  await expect(bell(page, 0)).toBeVisible();
});

test('everything is marked as read at once, in every window', async ({ people }) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const client = await people.client(ben);
  const second = await people.open(ann);
  await second.goto('/notifications');
  await expect(second.getByText(t('notifications.empty'))).toBeVisible();
  await client.from('follows').insert({ followee_id: ann.id }).throwOnError();
  await expect(bell(second, 1)).toBeVisible();
  const { page } = ann;
  await page.goto('/notifications');
  const all = page.getByRole('button', { name: t('notifications.markAllRead') });
  await expect(all).toBeEnabled();
  await all.press('Enter');
  await expect(all).toBeDisabled();
  await expect(bell(page, 0)).toBeVisible();
  await expect(bell(second, 0)).toBeVisible();
  await expect(second.getByText(ben.handle)).toBeVisible();
});

test('news are for the one whom they concern: others neither read, make nor change them', async ({
  people,
}) => {
  const ann = await people.newcomer();
  const ben = await people.newcomer();
  const actor = await people.client(ben);
  await actor.from('follows').insert({ followee_id: ann.id }).throwOnError();
  const own = await people.client(ann);
  const mine = () => own.from('notifications').select('actor_id, read_at');
  await expect.poll(async () => (await mine()).data).toEqual([{ actor_id: ben.id, read_at: null }]);
  const read_at = new Date(0).toISOString();
  for (const client of [actor, await people.client(null)]) {
    const news = () => client.from('notifications');
    expect((await news().select().eq('recipient_id', ann.id)).data ?? []).toEqual([]);
    const changed = await news().update({ read_at }).eq('recipient_id', ann.id).select();
    expect(changed.data ?? []).toEqual([]);
    const forged = await news().insert({ recipient_id: ann.id, kind: 'followed', group_key: 'x' });
    expect(forged.error?.code).toBe('42501');
  }
  const rewritten = await own.from('notifications').update({ kind: 'x' }).eq('actor_id', ben.id);
  expect(rewritten.error?.code).toBe('42501');
  expect((await mine()).data).toEqual([{ actor_id: ben.id, read_at: null }]);
});
/*% endif %*/

test('whoever is new has no news, and a visitor has no bell', async ({ people }) => {
  const { page } = await people.newcomer();
  await page.goto('/notifications');
  await expect(page.getByText(t('notifications.empty'))).toBeVisible();
  await expect(page.getByRole('button', { name: t('notifications.markAllRead') })).toBeDisabled();
  await expectAccessible(page);
  const visitor = await people.open(null);
  await visitor.goto('/notifications');
  await expect(visitor).toHaveURL('/sign-in?next=%2Fnotifications');
  await expect(visitor.getByRole('link', { name: t('notifications.bell') })).toBeHidden();
});
