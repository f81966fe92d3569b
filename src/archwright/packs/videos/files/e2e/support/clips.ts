import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { TablesInsert } from '@/lib/database.types';
import type { Newcomer, People } from './people';
import { t } from './texts';

const FILE = { name: 'clip.mp4', mimeType: 'video/mp4' };

/** A clip of the sample people, a few seconds long, as a file that one can choose. */
export async function sampleClip(people: People) {
  const visitor = await people.client(null);
  const { data: oldest } = await visitor
    .from('videos')
    .select('video_path')
    .eq('status', 'ready')
    .eq('visibility', 'public')
    .order('published_at')
    .limit(1)
    .single()
    .throwOnError();
  const { data, error } = await visitor.storage.from('videos').download(oldest.video_path ?? '');
  if (error) throw error;
  return { ...FILE, buffer: Buffer.from(await data.arrayBuffer()) };
}

/** A video of somebody's, published without the form in front: its id, and where its file lies. */
export async function publishVideo(
  people: People,
  author: Newcomer,
  fields: TablesInsert<'videos'>,
): Promise<{ id: string; path: string }> {
  const { buffer } = await sampleClip(people);
  const client = await people.client(author);
  const { data: video } = await client
    .from('videos')
    .insert(fields)
    .select('id')
    .single()
    .throwOnError();
  const path = `${author.id}/${randomUUID()}.mp4`;
  const { error } = await client.storage
    .from('videos')
    .upload(path, buffer, { contentType: FILE.mimeType });
  if (error) throw error;
  await client
    .rpc('publish_video', { p_video_id: video.id, p_video_path: path, p_duration_ms: 5000 })
    .throwOnError();
  return { id: video.id, path };
}

/** Starts the only video on the page by the keyboard, and waits until the player gets on. */
export async function expectPlays(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('videos.play'), exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: t('videos.pause') })).toBeVisible();
  const position = page.getByRole('slider', { name: t('videos.seek') });
  await expect
    .poll(async () => Number(await position.inputValue()), 'seconds into the video')
    .toBeGreaterThan(0.2);
}
