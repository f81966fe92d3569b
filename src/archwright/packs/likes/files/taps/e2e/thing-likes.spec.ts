import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';
import { publishThing } from './support/clips';
import type { People } from './support/people';

/** The button as it is with so many likes, the viewer's own among them or not. */
function likeButton(page: Page, count: number, pressed: boolean) {
  return page.getByRole('button', { name: t('likes.like', { count }), exact: true, pressed });
}

/** How many likes of it are saved. */
async function counter(people: People, id: string) {
  const client = await people.client(null);
  return async () => {
    const { data } = await client.from('things').select('like_count').eq('id', id).single();
    return data?.like_count;
  };
}

test('a person likes a thing, others see it counted, and the person takes it back', async ({
  people,
}) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Ferns' });
  await page.goto(`/things/${id}`);
  await likeButton(page, 0, false).press('Enter');
  await expect(likeButton(page, 1, true)).toBeVisible();
  await expectAccessible(page);
  const likes = await counter(people, id);
  await expect.poll(likes).toBe(1);
  await page.reload();
  await expect(likeButton(page, 1, true)).toBeVisible();
  await author.page.goto(`/things/${id}`);
  await expect(likeButton(author.page, 1, false)).toBeVisible();

  await likeButton(page, 1, true).press('Space');
  await expect(likeButton(page, 0, false)).toBeVisible();
  await expect.poll(likes).toBe(0);
});

test('a double tap on a thing likes it, and another one leaves it liked', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Moss' });
  await page.goto(`/things/${id}`);
  await expect(likeButton(page, 0, false)).toBeVisible();
  const box = await page.getByRole('main').boundingBox();
  if (!box) throw new Error('the page has no main part');
  const tap = () => page.mouse.dblclick(box.x + box.width / 2, 300);
  await tap();
  await expect(likeButton(page, 1, true)).toBeVisible();
  const likes = await counter(people, id);
  await expect.poll(likes).toBe(1);
  await tap();
  // what a second tap would have done has been done when a like by the button is through
  await likeButton(page, 1, true).press('Enter');
  await expect(likeButton(page, 0, false)).toBeVisible();
  await expect.poll(likes).toBe(0);
});

test('a visitor who would like a thing is asked to sign in, and comes back to it', async ({
  people,
}) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Lichen' });
  const page = await people.open(null);
  await page.goto(`/things/${id}`);
  await likeButton(page, 0, false).press('Enter');
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/things/${id}`)}`);
  await page.getByLabel(t('auth.email')).fill(fan.email);
  await page.getByLabel(t('auth.password'), { exact: true }).fill(fan.password);
  await page.getByRole('button', { name: t('auth.signIn') }).click();
  await expect(page).toHaveURL(`/things/${id}`);
  await expect(likeButton(page, 0, false)).toBeVisible();
});

test('nobody likes for others, twice, or what they cannot see', async ({ people }) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const other = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Bark' });
  const hidden = await publishThing(people, author, { caption: 'Roots', visibility: 'private' });
  const own = await people.client(fan);
  await own.from('thing_likes').insert({ thing_id: id }).throwOnError();
  expect((await own.from('thing_likes').insert({ thing_id: id })).error?.code).toBe('23505');
  const unseen = await own.from('thing_likes').insert({ thing_id: hidden.id });
  expect(unseen.error?.code).toBe('42501');

  const client = await people.client(other);
  const forged = await client.from('thing_likes').insert({ thing_id: id, user_id: fan.id });
  expect(forged.error?.code).toBe('42501');
  const foreign = () => client.from('thing_likes').delete().eq('user_id', fan.id).select();
  expect((await foreign()).data).toEqual([]);
  expect((await client.from('thing_likes').select().eq('thing_id', id)).data).toEqual([]);
  const maker = await people.client(author);
  const counted = await maker.from('things').update({ like_count: 9 }).eq('id', id);
  expect(counted.error?.code).toBe('42501');

  const visitor = await people.client(null);
  const guest = await visitor.from('thing_likes').insert({ thing_id: id });
  expect(guest.error?.code).toBe('42501');
  const { data } = await visitor.from('things').select('like_count').eq('id', id).single();
  expect(data).toEqual({ like_count: 1 });
});
