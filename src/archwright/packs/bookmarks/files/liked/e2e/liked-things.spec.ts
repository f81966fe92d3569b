import { expect, expectAccessible, t, test } from './fixtures';
import { publishThing } from './support/clips';

test('what one likes is listed on the own profile, for nobody else', async ({ people }) => {
  const author = await people.newcomer();
  const fan = await people.newcomer();
  const { id } = await publishThing(people, author, { caption: 'Chestnuts' });
  const { page } = fan;
  await page.goto(`/u/${fan.handle}?tab=liked`);
  await expect(page.getByText(t('bookmarks.likedEmptyTitle'))).toBeVisible();
  await page.goto(`/things/${id}`);
  await page.getByRole('button', { name: t('likes.like', { count: 0 }), exact: true }).press('Enter');
  await expect(
    page.getByRole('button', { name: t('likes.like', { count: 1 }), pressed: true }),
  ).toBeVisible();
  const own = await people.client(fan);
  const likes = async () => (await own.from('thing_likes').select('thing_id')).data;
  await expect.poll(likes).toEqual([{ thing_id: id }]);
  await page.goto(`/u/${fan.handle}`);
  const tab = page.getByRole('tab', { name: t('bookmarks.liked'), exact: true });
  await tab.press('Enter');
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('link', { name: 'Chestnuts' })).toBeVisible();
  await expectAccessible(page);

  await author.page.goto(`/u/${fan.handle}?tab=liked`);
  await expect(author.page.getByRole('heading', { level: 1 })).toHaveText(fan.handle);
  await expect(author.page.getByRole('tab', { name: t('bookmarks.liked') })).toBeHidden();
  await expect(author.page.getByText('Chestnuts')).toBeHidden();
  const client = await people.client(author);
  expect((await client.from('thing_likes').select().eq('user_id', fan.id)).data).toEqual([]);
});
