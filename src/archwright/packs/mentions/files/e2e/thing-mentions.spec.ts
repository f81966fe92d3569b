import type { Page } from '@playwright/test';
import { expect, expectAccessible, t, test } from './fixtures';
import { publishVideo } from './support/clips';

/** Says something in a new thing, as its author does: on the page of a video. */
async function write(page: Page, videoId: string, text: string) {
  await page.goto(`/videos/${videoId}`);
  /*% if target.table == 'videos' %*/
  await page.getByRole('button', { name: t('videos.more') }).press('Enter');
  await page.getByRole('menuitem', { name: t('videos.edit') }).press('Enter');
  await page.getByLabel(t('videos.caption')).fill(text);
  await page.getByRole('button', { name: t('videos.save') }).press('Enter');
  /*% else %*/
  const field = page.getByRole('textbox', { name: t('comments.writeLabel') });
  await field.fill(text);
  await field.press('Control+Enter');
  /*% endif %*/
}

test('whoever a thing calls by name hears of it, and the name leads to them', async ({
  people,
}) => {
  const author = await people.newcomer();
  const ben = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'Chess' });
  await ben.page.goto(`/u/${author.handle}`);
  const { page } = author;
  await write(page, id, `Next move: @${ben.handle}`);
  await page.getByRole('link', { name: `@${ben.handle}`, exact: true }).press('Enter');
  await expect(page).toHaveURL(`/u/${ben.handle}`);
  const client = await people.client(ben);
  const calls = () => client.from('thing_mentions').select('author_id').eq('profile_id', ben.id);
  await expect.poll(async () => (await calls()).data).toEqual([{ author_id: author.id }]);
  /*% if has('notifications.pages') and (
    (target.table == 'videos' and has('notifications@Video')) or
    (target.table == 'video_comments' and has('notifications@VideoComment'))
  ) %*/

  const bell = t('notifications.bellUnread', { count: 1 });
  await ben.page.getByRole('link', { name: bell }).press('Enter');
  const what = t('mentions.events.thing_mentioned');
  const entry = t('notifications.one', { who: author.handle, what });
  await expectAccessible(ben.page);
  await ben.page.getByRole('link', { name: entry }).press('Enter');
  await expect(ben.page).toHaveURL(/\/things\/[0-9a-f-]{36}$/);
  await expect(ben.page.getByRole('link', { name: `@${ben.handle}`, exact: true })).toBeVisible();
  /*% endif %*/
});

test('a name in a word or an address calls nobody, and nobody hears of what is private', async ({
  people,
}) => {
  const author = await people.newcomer();
  const ben = await people.newcomer();
  const open = await publishVideo(people, author, { caption: 'Open' });
  const closed = await publishVideo(people, author, { caption: 'Closed', visibility: 'private' });
  const { page } = author;
  await write(page, closed.id, `Hush, @${ben.handle}`);
  await expect(page.getByRole('link', { name: `@${ben.handle}`, exact: true })).toBeVisible();
  await write(page, open.id, `Write to post@${ben.handle}`);
  await expect(page.getByText(`Write to post@${ben.handle}`).first()).toBeVisible();
  await expect(page.getByRole('link', { name: `@${ben.handle}`, exact: true })).toBeHidden();
  await expectAccessible(page);
  const own = await people.client(author);
  const texts = async () => JSON.stringify((await own.from('things').select().eq('author_id', author.id)).data);
  await expect.poll(texts).toContain(`Hush, @${ben.handle}`);
  await expect.poll(texts).toContain(`Write to post@${ben.handle}`);
  const client = await people.client(ben);
  const { data } = await client.from('thing_mentions').select().eq('profile_id', ben.id);
  expect(data).toEqual([]);
});

test('who was called is for the two, and nobody calls by hand', async ({ people }) => {
  const author = await people.newcomer();
  const ben = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'Darts' });
  await write(author.page, id, `Throw, @${ben.handle}`);
  const own = await people.client(author);
  const calls = () => own.from('thing_mentions').select('thing_id').eq('profile_id', ben.id);
  await expect.poll(async () => (await calls()).data?.length).toBe(1);
  const thing_id = (await calls()).data?.[0]?.thing_id ?? '';
  for (const who of [stranger, null]) {
    const client = await people.client(who);
    const { data: seen } = await client.from('thing_mentions').select().eq('thing_id', thing_id);
    expect(seen ?? []).toEqual([]);
    const row = { thing_id, profile_id: stranger.id, author_id: author.id };
    expect((await client.from('thing_mentions').insert(row)).error?.code).toBe('42501');
  }
});
