import { beforeAll, expect, test } from 'vitest';
import {
  fetchHashtag,
  fetchTaggedVideos,
  fetchTrendingHashtags,
} from '@/features/hashtags/hashtags-api';
import { updateVideo } from '@/features/videos/videos-api';
import { as } from './personas';
import { ALL, ids, join, marathon, publish, readAll, signal, type Member } from './world';

let ann: Member;

beforeAll(async () => {
  ann = await join('hashtags.ann');
});

test('a caption files its video under its hashtags, whatever their case', async () => {
  const video = await publish(ann, 'On #Quaystones and #quaystones, not mail@#nowhere');
  const tag = await fetchHashtag('quaystones', signal);
  expect(tag).toMatchObject({ tag: 'quaystones', video_count: 1 });
  expect(await fetchHashtag('nowhere', signal)).toBeNull();
  const page = await fetchTaggedVideos(tag?.id ?? '', null, signal);
  expect([ids(page.rows), page.next]).toEqual([[video], null]);
  expect(page.rows[0]).toMatchObject({ author: { handle: ann.handle }, viewer_liked: false });
});

test('what is hidden or renamed is filed no more', async () => {
  const video = await publish(ann, 'Only #tidepools');
  const tag = await fetchHashtag('tidepools', signal);
  await as(ann.email, () => updateVideo(video, { visibility: 'private' }));
  expect(await fetchHashtag('tidepools', signal)).toMatchObject({ video_count: 0 });
  await as(ann.email, () =>
    updateVideo(video, { visibility: 'public', caption: 'Now #rockpools' }),
  );
  expect((await fetchTaggedVideos(tag?.id ?? '', null, signal)).rows).toEqual([]);
  expect(await fetchHashtag('rockpools', signal)).toMatchObject({ video_count: 1 });
});

test('trends are what several videos name, the most named first', async () => {
  const trends = await fetchTrendingHashtags(signal);
  expect(trends[0]).toMatchObject({ tag: 'marathon', video_count: 25 });
  const tags = trends.map((trend) => trend.tag);
  expect(tags).toEqual(expect.arrayContaining(['bread', 'coldwater', 'lisbon', 'woodwork']));
  expect(tags).not.toContain('quaystones');
});

test('many come page by page, none twice', async () => {
  const tag = await fetchHashtag('marathon', signal);
  const all = await readAll((cursor) => fetchTaggedVideos(tag?.id ?? '', cursor, signal));
  expect(ids(all).toSorted()).toEqual(ALL.map(marathon));
});
