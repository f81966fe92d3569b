import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
/*% if has('videos.upload') %*/
import { publishVideo } from './support/clips';
/*% endif %*/
import type { Newcomer, People } from './support/people';

type State = 'follow' | 'followBack' | 'following' | 'requested';

function followButton(page: Page, of: Newcomer, state: State) {
  const name = t('follows.buttonLabel', { state: t(`follows.${state}`), name: of.handle });
  return page.getByRole('button', { name, exact: true });
}

function followers(page: Page, count: number) {
  const name = t('follows.followerCount', { count, shown: String(count) });
  return page.getByRole('link', { name, exact: true });
}

function answer(page: Page, label: 'acceptLabel' | 'declineLabel', to: Newcomer) {
  return page.getByRole('button', { name: t(`follows.${label}`, { name: to.handle }) });
}

/** A member whose profile is for those alone whom they accept. */
async function recluse(people: People): Promise<Newcomer> {
  const member = await people.newcomer();
  const client = await people.client(member);
  await client.from('profiles').update({ is_private: true }).eq('id', member.id).throwOnError();
  return member;
}

test('a person follows another one, is counted and listed, and ends it', async ({ people }) => {
  const ann = await people.newcomer();
  const fan = await people.newcomer();
  const { page } = fan;
  await page.goto(`/u/${ann.handle}`);
  await expect(followers(page, 0)).toBeVisible();
  await followButton(page, ann, 'follow').press('Enter');
  await expect(followButton(page, ann, 'following')).toBeVisible();
  await followers(page, 1).press('Enter');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(t('follows.followersTitle', { handle: ann.handle }));
  await expect(page.getByRole('main').getByRole('link', { name: fan.handle })).toBeVisible();
  await expectAccessible(page);

  await ann.page.goto(`/u/${fan.handle}`);
  await followButton(ann.page, fan, 'followBack').press('Enter');
  await expect(followButton(ann.page, fan, 'following')).toBeVisible();
  await page.goto(`/u/${ann.handle}`);
  await followButton(page, ann, 'following').press('Enter');
  await expect(followButton(page, ann, 'followBack')).toBeVisible();
  await page.reload();
  await expect(followers(page, 0)).toBeVisible();
});

test('a private member is asked first, and accepts without reloading', async ({ people }) => {
  const ann = await recluse(people);
  const fan = await people.newcomer();
  await ann.page.goto('/follow-requests');
  await expect(ann.page.getByText(t('follows.requestsEmpty'))).toBeVisible();
  const { page } = fan;
  await page.goto(`/u/${ann.handle}`);
  await expect(page.getByText(t('profiles.privateTitle'))).toBeVisible();
  await followButton(page, ann, 'follow').press('Enter');
  await expect(followButton(page, ann, 'requested')).toBeVisible();
  await expectAccessible(page);

  const accept = answer(ann.page, 'acceptLabel', fan);
  await expect(accept).toBeEnabled();
  await expectAccessible(ann.page);
  await accept.press('Enter');
  await expect(accept).toBeHidden();
  await expect(followButton(page, ann, 'following')).toBeVisible();
  await expect(page.getByText(t('profiles.privateTitle'))).toBeHidden();

  await followButton(page, ann, 'following').press('Enter');
  const title = t('follows.unfollowTitle', { name: ann.handle });
  const dialog = page.getByRole('alertdialog', { name: title });
  await expect(dialog).toBeVisible();
  await expectDialog(page, followButton(page, ann, 'following'));
  await followButton(page, ann, 'following').press('Enter');
  await dialog.getByRole('button', { name: t('follows.unfollowConfirm') }).press('Enter');
  await expect(followButton(page, ann, 'follow')).toBeVisible();
  await expect(page.getByText(t('profiles.privateTitle'))).toBeVisible();
});

test('a declined request is gone on both sides', async ({ people }) => {
  const ann = await recluse(people);
  const fan = await people.newcomer();
  const client = await people.client(fan);
  await client.from('follows').insert({ followee_id: ann.id }).throwOnError();
  await ann.page.goto(`/u/${ann.handle}`);
  await ann.page.getByRole('link', { name: t('follows.requestCount', { count: 1 }) }).press('Enter');
  await answer(ann.page, 'declineLabel', fan).press('Enter');
  await expect(ann.page.getByText(t('follows.requestsEmpty'))).toBeVisible();
  await fan.page.goto(`/u/${ann.handle}`);
  await expect(followButton(fan.page, ann, 'follow')).toBeVisible();
});
/*% if has('videos.upload') %*/

test('what a private member shares is seen once they have accepted, and not before', async ({
  people,
}) => {
  const ann = await recluse(people);
  const fan = await people.newcomer();
  const { id, path } = await publishVideo(people, ann, { caption: 'Behind the hedge' });
  const client = await people.client(fan);
  await client.from('follows').insert({ followee_id: ann.id }).throwOnError();
  const rows = () => client.from('videos').select('id').eq('id', id);
  const file = () => client.storage.from('videos').download(path);
  const { page } = fan;
  await page.goto(`/videos/${id}`);
  await expect(page.getByText(t('videos.gone'))).toBeVisible();
  await page.goto(`/u/${ann.handle}`);
  await expect(page.getByText(t('profiles.privateTitle'))).toBeVisible();
  await expect(page.getByRole('link', { name: 'Behind the hedge' })).toBeHidden();
  expect((await rows()).data).toEqual([]);
  expect((await file()).error).not.toBeNull();

  await ann.page.goto('/follow-requests');
  await answer(ann.page, 'acceptLabel', fan).press('Enter');
  await page.getByRole('link', { name: 'Behind the hedge' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Behind the hedge');
  expect((await rows()).data).toEqual([{ id }]);
  expect((await file()).error).toBeNull();
});
/*% endif %*/

test('nobody accepts or follows for others, or sees their requests', async ({ people }) => {
  const ann = await recluse(people);
  const fan = await people.newcomer();
  const stranger = await people.newcomer();
  const own = await people.client(fan);
  await own.from('follows').insert({ followee_id: ann.id }).throwOnError();
  for (const client of [own, await people.client(stranger), await people.client(null)]) {
    const follows = () => client.from('follows');
    const asked = follows().update({ status: 'accepted' }).eq('followee_id', ann.id);
    expect((await asked.select()).data ?? []).toEqual([]);
    const fields = { followee_id: ann.id, follower_id: stranger.id, status: 'accepted' as const };
    expect((await follows().insert(fields)).error?.code).toBe('42501');
  }
  const client = await people.client(stranger);
  expect((await client.from('follows').select().eq('followee_id', ann.id)).data).toEqual([]);
  const { data } = await own.from('follows').select('status').eq('followee_id', ann.id);
  expect(data).toEqual([{ status: 'pending' }]);
  const visitor = await people.open(null);
  await visitor.goto('/follow-requests');
  await expect(visitor).toHaveURL('/sign-in?next=%2Ffollow-requests');
});
