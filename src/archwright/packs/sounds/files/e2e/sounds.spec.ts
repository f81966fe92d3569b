import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { publishVideo, sampleClip } from './support/clips';

test('a video brings a sound, which its author names and others use', async ({ people }) => {
  const author = await people.newcomer();
  const other = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'Loud ice' });
  const { page } = author;
  await page.goto(`/videos/${id}`);
  const original = t('sounds.original', { handle: author.handle });
  await page.getByRole('link', { name: t('sounds.open', { title: original }) }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(original);
  const rename = page.getByRole('button', { name: t('sounds.rename') });
  await rename.press('Enter');
  await expectDialog(page, rename);
  await rename.press('Enter');
  const title = `Ice of ${author.handle}`;
  await page.getByLabel(t('sounds.title')).fill(title);
  await page.getByRole('button', { name: t('sounds.save') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);

  await other.page.goto(page.url());
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(other.page.getByText(t('sounds.count', { count: 1 }))).toBeVisible();
  await other.page.getByRole('link', { name: t('sounds.use') }).press('Enter');
  await expect(other.page.getByText(title)).toBeVisible();
  await other.page.getByLabel(t('videos.choose')).setInputFiles(await sampleClip(people));
  await other.page.getByLabel(t('videos.caption')).fill('Quiet ice');
  await other.page.getByRole('button', { name: t('videos.publish') }).click();
  await other.page.getByRole('link', { name: t('sounds.open', { title }) }).press('Enter');
  await expect(other.page.getByText(t('sounds.count', { count: 2 }))).toBeVisible();
  const videos = other.page.getByRole('list', { name: t('sounds.videos') });
  await expect(videos.getByRole('link', { name: 'Quiet ice' })).toBeVisible();
  await expect(videos.getByRole('link', { name: 'Loud ice' })).toBeVisible();
});

test('a sound can be left out before the upload', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'A sound' });
  const client = await people.client(null);
  const { data } = await client.from('videos').select('sound_id').eq('id', id).single();
  await page.goto(`/upload?sound=${data?.sound_id ?? ''}`);
  const title = t('sounds.original', { handle: author.handle });
  await expect(page.getByText(title)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: t('sounds.fieldRemove') }).press('Enter');
  await expect(page.getByText(title)).toBeHidden();
  await expect(page).toHaveURL('/upload');
});

test('nobody names the sound of somebody else, and what is private has none', async ({
  people,
}) => {
  const author = await people.newcomer();
  const stranger = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'A sound' });
  const hidden = await publishVideo(people, author, { caption: 'Silent', visibility: 'private' });
  const own = await people.client(author);
  const { data } = await own.from('videos').select('id, sound_id').in('id', [id, hidden.id]);
  const sound = data?.find((video) => video.id === id)?.sound_id ?? '';
  expect(sound).not.toBe('');
  expect(data?.find((video) => video.id === hidden.id)?.sound_id).toBeNull();

  await stranger.page.goto(`/sounds/${sound}`);
  await expect(stranger.page.getByRole('link', { name: t('sounds.use') })).toBeVisible();
  await expect(stranger.page.getByRole('button', { name: t('sounds.rename') })).toBeHidden();
  const client = await people.client(stranger);
  const renamed = await client.from('sounds').update({ title: 'Mine' }).eq('id', sound).select();
  expect(renamed.data).toEqual([]);
  expect((await client.from('sounds').delete().eq('id', sound)).error?.code).toBe('42501');

  await own.from('videos').update({ visibility: 'private' }).eq('id', id).throwOnError();
  await stranger.page.goto(`/sounds/${sound}`);
  await expect(stranger.page.getByText(t('sounds.gone'))).toBeVisible();
  expect((await client.from('sounds').select().eq('id', sound)).data).toEqual([]);
});
