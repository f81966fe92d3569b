import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectDialog, t, test } from './fixtures';
import { expectPlays, publishVideo } from './support/clips';

function menuButton(page: Page) {
  return page.getByRole('button', { name: t('videos.more') });
}

async function openMenu(page: Page) {
  await menuButton(page).press('Enter');
  await expect(page.getByRole('menuitem', { name: t('app.copyLink') })).toBeVisible();
}

test('a private video is not there for others: no page, no row, no file', async ({ people }) => {
  const author = await people.newcomer();
  const stranger = await people.newcomer();
  const { id, path } = await publishVideo(people, author, {
    caption: 'Only a test',
    visibility: 'private',
  });
  await stranger.page.goto(`/videos/${id}`);
  await expect(stranger.page.getByText(t('videos.gone'))).toBeVisible();
  await expectAccessible(stranger.page);
  await stranger.page.goto(`/u/${author.handle}`);
  await expect(stranger.page.getByText(t('videos.none'))).toBeVisible();
  for (const who of [stranger, null]) {
    const client = await people.client(who);
    expect((await client.from('videos').select().eq('id', id)).data).toEqual([]);
    const files = client.storage.from('videos');
    expect((await files.download(path)).error).not.toBeNull();
    expect((await files.createSignedUrl(path, 60)).error).not.toBeNull();
    expect((await files.list(author.id)).data ?? []).toEqual([]);
  }
});

test('a private video plays for its author, who opens it for everyone', async ({ people }) => {
  const author = await people.newcomer();
  const { id } = await publishVideo(people, author, { caption: 'Soon', visibility: 'private' });
  const { page } = author;
  await page.goto(`/videos/${id}`);
  await expect(page.getByText(t('videos.visibility.private'))).toBeVisible();
  await expectPlays(page);
  await openMenu(page);
  await page.getByRole('menuitem', { name: t('videos.edit') }).press('Enter');
  const visibility = page.getByRole('combobox', { name: t('videos.visibleTo') });
  await visibility.press('Enter');
  await expectDialog(page, visibility);
  await visibility.press('Enter');
  await page.getByRole('option', { name: t('videos.visibility.public') }).press('Enter');
  await page.getByRole('button', { name: t('videos.save') }).press('Enter');
  await expect(page.getByText(t('videos.visibility.private'))).toBeHidden();
  const visitor = await people.client(null);
  const seen = async () => (await visitor.from('videos').select('caption').eq('id', id)).data;
  await expect.poll(seen, 'what a visitor sees').toEqual([{ caption: 'Soon' }]);
});

test('nobody changes or deletes the video of somebody else', async ({ people }) => {
  const author = await people.newcomer();
  const stranger = await people.newcomer();
  const { id, path } = await publishVideo(people, author, { caption: 'Before' });
  await stranger.page.goto(`/videos/${id}`);
  await openMenu(stranger.page);
  await expect(stranger.page.getByRole('menuitem', { name: t('videos.edit') })).toBeHidden();
  await expect(stranger.page.getByRole('menuitem', { name: t('videos.delete') })).toBeHidden();
  const client = await people.client(stranger);
  const changed = await client.from('videos').update({ caption: 'Mine' }).eq('id', id).select();
  expect(changed.data).toEqual([]);
  expect((await client.from('videos').delete().eq('id', id).select()).data).toEqual([]);
  await client.storage.from('videos').remove([path]);
  expect((await client.storage.from('videos').download(path)).error).toBeNull();
});

test('an author changes the caption, and deletes video and file', async ({ people }) => {
  const author = await people.newcomer();
  const { id, path } = await publishVideo(people, author, { caption: 'Before' });
  const { page } = author;
  await page.goto(`/videos/${id}`);
  await openMenu(page);
  await expectDialog(page, menuButton(page));
  await openMenu(page);
  await page.getByRole('menuitem', { name: t('videos.edit') }).press('Enter');
  await expectDialog(page, menuButton(page));
  await openMenu(page);
  await page.getByRole('menuitem', { name: t('videos.edit') }).press('Enter');
  await page.getByLabel(t('videos.caption')).fill('After');
  await page.getByRole('button', { name: t('videos.save') }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('After');
  await openMenu(page);
  await page.getByRole('menuitem', { name: t('videos.delete') }).press('Enter');
  await expectDialog(page, menuButton(page));
  await openMenu(page);
  await page.getByRole('menuitem', { name: t('videos.delete') }).press('Enter');
  await page.getByRole('button', { name: t('videos.delete') }).press('Enter');
  await expect(page.getByText(t('videos.deleted'))).toBeVisible();
  await page.goto(`/videos/${id}`);
  await expect(page.getByText(t('videos.gone'))).toBeVisible();
  const own = await people.client(author);
  expect((await own.storage.from('videos').download(path)).error).not.toBeNull();
});

test('what a private profile shares is closed to strangers', async ({ people }) => {
  const author = await people.newcomer();
  const { id, path } = await publishVideo(people, author, { caption: 'For friends' });
  const own = await people.client(author);
  await own.from('profiles').update({ is_private: true }).eq('id', author.id).throwOnError();
  const stranger = await people.newcomer();
  await stranger.page.goto(`/videos/${id}`);
  await expect(stranger.page.getByText(t('videos.gone'))).toBeVisible();
  const client = await people.client(stranger);
  expect((await client.from('videos').select().eq('id', id)).data).toEqual([]);
  expect((await client.storage.from('videos').download(path)).error).not.toBeNull();
});
