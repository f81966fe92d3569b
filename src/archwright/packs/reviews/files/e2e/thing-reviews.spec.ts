import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { offerThing } from './support/reviewed-things';

const section = (page: Page) => page.getByRole('region', { name: t('reviews.title') });
const review = (page: Page, text: string) =>
  section(page).getByRole('article').filter({ hasText: text });
const bar = (page: Page, stars: number, percent: number, count: number) =>
  section(page).getByRole('button', { name: t('reviews.bar', { stars, percent, count }) });

test('a person reviews by keyboard, changes it, and others find it helpful', async ({ people }) => {
  const { id } = await offerThing(people, 'Desk lamp');
  const ann = await people.newcomer();
  const { page } = ann;
  await page.goto(`/p/${id}`);
  await expect(section(page).getByText(t('reviews.emptyTitle'))).toBeVisible();
  const write = section(page).getByRole('button', { name: t('reviews.write') });
  await write.press('Enter');
  await expectDialog(page, write);
  await write.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('reviews.formTitle') });
  const save = dialog.getByRole('button', { name: t('reviews.save') });
  await dialog.getByLabel(t('reviews.headline')).fill('Warm light');
  await save.press('Enter');
  await expect(dialog.getByText(t('reviews.starsMissing'))).toBeVisible();
  const star = (count: number) =>
    dialog.getByRole('radio', { name: t('reviews.stars', { count }), exact: true });
  await star(1).press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(star(3)).toBeChecked();
  await save.press('Enter');
  await expect(review(page, 'Warm light')).toBeVisible();
  await expect(bar(page, 3, 100, 1)).toBeVisible();
  await expectAccessible(page);

  await section(page).getByRole('button', { name: t('reviews.change') }).press('Enter');
  await star(3).press('ArrowRight');
  await expect(star(4)).toBeChecked();
  await save.press('Enter');
  await expect(bar(page, 4, 100, 1)).toBeVisible();
  await expect(review(page, 'Warm light')).toContainText(t('reviews.edited'));

  const ben = await people.newcomer();
  await ben.page.goto(`/p/${id}`);
  const vote = (count: number, pressed: boolean) =>
    review(ben.page, 'Warm light').getByRole('button', {
      name: t('reviews.helpfulLabel', { count }),
      pressed,
    });
  await vote(0, false).press('Enter');
  await expect(vote(1, true)).toBeVisible();
  const client = await people.client(ann);
  const counted = () => client.from('thing_reviews').select('helpful_count').eq('thing_id', id);
  await expect.poll(async () => (await counted()).data).toEqual([{ helpful_count: 1 }]);

  await page.getByRole('button', { name: t('reviews.menu', { handle: ann.handle }) }).press('Enter');
  await page.getByRole('menuitem', { name: t('reviews.delete') }).press('Enter');
  await page.getByRole('button', { name: t('reviews.delete') }).press('Enter');
  await expect(section(page).getByText(t('reviews.emptyTitle'))).toBeVisible();
});

test('reviews are narrowed to their stars and put in order', async ({ people }) => {
  const { id } = await offerThing(people, 'Kettle');
  for (const stars of [5, 2]) {
    const client = await people.client(await people.newcomer());
    const said = { p_thing_id: id, p_stars: stars, p_title: `Worth ${stars}` };
    await client.rpc('save_thing_review', said).throwOnError();
  }
  const page = await people.open(null);
  await page.goto(`/p/${id}`);
  await bar(page, 2, 50, 1).press('Enter');
  await expect(review(page, 'Worth 5')).toBeHidden();
  await expect(review(page, 'Worth 2')).toBeVisible();
  await section(page).getByRole('button', { name: t('reviews.allStars') }).press('Enter');
  const sort = section(page).getByRole('combobox', { name: t('reviews.sort') });
  await sort.press('Enter');
  await page.getByRole('option', { name: t('reviews.sortLowest') }).press('Enter');
  const first = section(page).getByRole('article').first();
  await expect(first).toContainText('Worth 2');
  await expectAccessible(page);
});

test('those who sell reply, and nobody says what is not theirs to say', async ({ people }) => {
  const { id, seller } = await offerThing(people, 'Teapot');
  const ann = await people.newcomer();
  const own = await people.client(ann);
  const said = { p_thing_id: id, p_stars: 2, p_title: 'It drips' };
  const { data: written } = await own.rpc('save_thing_review', said).throwOnError();

  const { page } = seller;
  await page.goto(`/p/${id}`);
  await expect(section(page).getByRole('button', { name: t('reviews.write') })).toBeHidden();
  const reply = review(page, 'It drips').getByRole('button', { name: t('reviews.reply') });
  await reply.press('Enter');
  await expectDialog(page, reply);
  await reply.press('Enter');
  await page.getByLabel(t('reviews.replyLabel')).fill('We are sending you another one.');
  await page.getByRole('button', { name: t('reviews.saveReply') }).press('Enter');
  await expect(review(page, 'It drips')).toContainText('We are sending you another one.');

  const stranger = await people.newcomer();
  await stranger.page.goto(`/p/${id}`);
  await expect(review(stranger.page, 'It drips')).toContainText(t('reviews.replyFrom'));
  await expect(section(stranger.page).getByRole('button', { name: t('reviews.changeReply') })).toBeHidden();
  const menu = stranger.page.getByRole('button', { name: t('reviews.menu', { handle: ann.handle }) });
  await menu.press('Enter');
  await expect(stranger.page.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
  await expect(stranger.page.getByRole('menuitem', { name: t('reviews.delete') })).toBeHidden();
  await expectDialog(stranger.page, menu);
  const client = await people.client(stranger);
  const reviews = () => client.from('thing_reviews');
  const replied = await client.rpc('reply_to_thing_review', { p_review_id: written, p_body: 'Me' });
  expect(replied.error?.code).toBe('42501');
  expect((await reviews().update({ stars: 5 }).eq('id', written).select()).data).toEqual([]);
  expect((await reviews().delete().eq('id', written).select()).data).toEqual([]);
  const bought = { thing_id: id, stars: 5, verified: true };
  expect((await reviews().insert(bought)).error?.code).toBe('42501');
  const html = { ...said, p_title: '<b>Wow</b>' };
  expect((await client.rpc('save_thing_review', html)).error?.code).toBe('23514');
  const vendor = await people.client(seller);
  expect((await vendor.rpc('save_thing_review', said)).error?.code).toBe('42501');
  const self = await own.from('thing_review_votes').insert({ review_id: written });
  expect(self.error?.code).toBe('42501');

  const visitor = await people.open(null);
  await visitor.goto(`/p/${id}`);
  await expect(section(visitor).getByRole('link', { name: t('reviews.signIn') })).toBeVisible();
  const guest = await people.client(null);
  expect((await guest.rpc('save_thing_review', said)).error?.code).toBe('42501');
});
