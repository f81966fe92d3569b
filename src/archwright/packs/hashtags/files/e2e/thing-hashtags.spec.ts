import { randomUUID } from 'node:crypto';
import { expect, expectAccessible, t, test } from './fixtures';
import { publishThing } from './support/clips';

const newTag = () => `tag${randomUUID().slice(0, 8)}`;

test('a hashtag in a caption leads to all that names it, until the caption is another', async ({
  people,
}) => {
  const author = await people.newcomer();
  const tag = newTag();
  const { id } = await publishThing(people, author, { caption: `Dough #${tag.toUpperCase()}` });
  await publishThing(people, author, { caption: `Crust #${tag}` });
  const page = await people.open(null);
  await page.goto(`/things/${id}`);
  await page.getByRole('link', { name: `#${tag}` }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`#${tag}`);
  await expect(page.getByText(t('hashtags.thing.count', { count: 2 }))).toBeVisible();
  await expect(page.getByRole('link', { name: 'Dough' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Crust' })).toBeVisible();
  await expectAccessible(page);

  const client = await people.client(author);
  await client.from('things').update({ caption: 'Dough' }).eq('id', id).throwOnError();
  await page.reload();
  await expect(page.getByText(t('hashtags.thing.count', { count: 1 }))).toBeVisible();
  await expect(page.getByRole('link', { name: 'Crust' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Dough' })).toBeHidden();
});

test('what is private is under no hashtag, and nobody files it there by hand', async ({
  people,
}) => {
  const author = await people.newcomer();
  const stranger = await people.newcomer();
  const tag = newTag();
  const { id } = await publishThing(people, author, {
    caption: `Hidden #${tag}`,
    visibility: 'private',
  });
  const { page } = stranger;
  await page.goto(`/tags/${tag}`);
  await expect(page.getByText(t('hashtags.emptyTitle'))).toBeVisible();
  await expectAccessible(page);
  const { id: seen } = await publishThing(people, author, { caption: `Shown #${tag}` });
  await page.reload();
  await expect(page.getByRole('link', { name: 'Shown' })).toBeVisible();
  await expect(page.getByText(t('hashtags.thing.count', { count: 1 }))).toBeVisible();
  await expect(page.getByRole('link', { name: 'Hidden' })).toBeHidden();

  const visitor = await people.client(null);
  const { data: found } = await visitor.from('hashtags').select('id').eq('tag', tag).single();
  const hashtag_id = found?.id ?? '';
  for (const who of [stranger, author, null]) {
    const client = await people.client(who);
    const { data } = await client.from('thing_hashtags').select('thing_id').eq('hashtag_id', hashtag_id);
    expect(data).toEqual([{ thing_id: seen }]);
    const filed = await client.from('thing_hashtags').insert({ thing_id: id, hashtag_id });
    expect(filed.error?.code).toBe('42501');
    expect((await client.from('hashtags').insert({ tag: newTag() })).error?.code).toBe('42501');
  }
});
