import { allow, expect, expectAccessible, t, test } from './fixtures';
import { expectPlays, sampleClip } from './support/clips';

test('a person uploads a video: it is on their profile, and plays', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = author;
  const wait = Promise.withResolvers<void>();
  await page.route(/\/storage\/v1\/object\/videos\//, async (route) => {
    await wait.promise;
    await route.continue();
  });
  await page.goto('/upload');
  const publish = page.getByRole('button', { name: t('videos.publish') });
  await expect(publish).toBeDisabled();
  await page.getByLabel(t('videos.choose')).setInputFiles(await sampleClip(people));
  await expect(page.getByLabel(t('videos.preview'))).toBeVisible();
  await page.getByLabel(t('videos.caption')).fill('Ice on the lake');
  await expect(publish).toBeEnabled();
  await publish.press('Enter');
  await expect(page.getByRole('progressbar', { name: t('videos.uploadProgress') })).toBeVisible();
  await expect(page.getByRole('button', { name: t('app.cancel') })).toBeVisible();
  await expectAccessible(page);
  wait.resolve();
  await expect(page).toHaveURL(/\/videos\/[0-9a-f-]{36}$/);
  await expect(page.getByText(t('videos.published'))).toBeVisible();

  const visitor = await people.open(null);
  await visitor.goto(`/u/${author.handle}`);
  await visitor.getByRole('link', { name: 'Ice on the lake' }).press('Enter');
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Ice on the lake');
  await expectPlays(visitor);
});

test('an upload that is called off leaves nothing', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = author;
  await page.route(/\/storage\/v1\/object\/videos\//, () => undefined);
  await page.goto('/upload');
  await page.getByLabel(t('videos.choose')).setInputFiles(await sampleClip(people));
  const publish = page.getByRole('button', { name: t('videos.publish') });
  await publish.click();
  await page.getByRole('button', { name: t('app.cancel') }).press('Enter');
  await expect(publish).toBeEnabled();
  await expect(page.getByRole('alert')).toBeHidden();
  const client = await people.client(author);
  const rows = () => client.from('videos').select('id').eq('author_id', author.id);
  await expect.poll(async () => (await rows()).data).toEqual([]);
});

test('an upload that fails is sent again, and makes one video', async ({ people }) => {
  const author = await people.newcomer();
  const { page } = author;
  allow(page, /net::ERR_FAILED/);
  await page.route(/\/storage\/v1\/object\/videos\//, (route) => route.abort());
  await page.goto('/upload');
  await page.getByLabel(t('videos.choose')).setInputFiles(await sampleClip(people));
  await page.getByLabel(t('videos.caption')).fill('Second try');
  await page.getByRole('button', { name: t('videos.publish') }).click();
  await expect(page.getByRole('alert')).toHaveText(t('app.errorNetwork'));
  await expectAccessible(page);
  await page.unrouteAll();
  await page.getByRole('button', { name: t('videos.publishRetry') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second try');
  await expectPlays(page);
  const client = await people.client(author);
  const { data } = await client.from('videos').select('status').eq('author_id', author.id);
  expect(data).toEqual([{ status: 'ready' }]);
});

test('an upload that was left unfinished is for its author alone, who goes on with it', async ({
  people,
}) => {
  const author = await people.newcomer();
  const other = await people.newcomer();
  const own = await people.client(author);
  const begun = own.from('videos').insert({ caption: 'Half a lake' }).select('id').single();
  const { id } = (await begun.throwOnError()).data;
  await other.page.goto(`/videos/${id}`);
  await expect(other.page.getByText(t('videos.gone'))).toBeVisible();
  const client = await people.client(other);
  const finish = { p_video_id: id, p_video_path: `${other.id}/a.mp4`, p_duration_ms: 5000 };
  expect((await client.rpc('publish_video', finish)).error?.message).toBe('video_not_found');

  const { page } = author;
  await page.goto(`/u/${author.handle}`);
  await page.getByRole('link', { name: 'Half a lake' }).press('Enter');
  await expect(page.getByText(t('videos.statusUploadingText'))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: t('videos.uploadAgain') }).press('Enter');
  await expect(page.getByLabel(t('videos.caption'))).toHaveValue('Half a lake');
  await page.getByLabel(t('videos.choose')).setInputFiles(await sampleClip(people));
  const publish = page.getByRole('button', { name: t('videos.publish') });
  await expect(publish).toBeEnabled();
  await publish.press('Enter');
  await expect(page).toHaveURL(`/videos/${id}`);
  await expect(page.getByText(t('videos.statusUploadingText'))).toBeHidden();
  await other.page.reload();
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText('Half a lake');
});

test('what is no video is refused, and so is what is not for clients to write', async ({
  people,
}) => {
  const author = await people.newcomer();
  const other = await people.newcomer();
  const { page } = author;
  await page.goto('/upload');
  const buffer = Buffer.from('no video at all');
  const choose = page.getByLabel(t('videos.choose'));
  await choose.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer });
  await expect(page.getByRole('alert')).toHaveText(t('videos.wrongType'));
  await choose.setInputFiles({ name: 'a.mp4', mimeType: 'video/mp4', buffer });
  await expect(page.getByRole('alert')).toHaveText(t('videos.unreadable'));
  await expect(page.getByRole('button', { name: t('videos.publish') })).toBeDisabled();
  await expectAccessible(page);

  const client = await people.client(author);
  const files = client.storage.from('videos');
  const text = await files.upload(`${author.id}/a.txt`, buffer, { contentType: 'text/plain' });
  expect(text.error).not.toBeNull();
  const foreign = await files.upload(`${other.id}/a.mp4`, buffer, { contentType: 'video/mp4' });
  expect(foreign.error).not.toBeNull();
  const ready = await client.from('videos').insert({ caption: 'x', status: 'ready' });
  expect(ready.error?.code).toBe('42501');
  const forged = await client.from('videos').insert({ author_id: other.id });
  expect(forged.error?.code).toBe('42501');
});
