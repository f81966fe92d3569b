import { beforeAll, expect, test } from 'vitest';
import { blockMember } from '@/features/blocks/blocks-api';
import { updateProfile } from '@/features/profiles/profiles-api';
import { searchHashtags } from '@/features/search/hashtag-search-api';
import { searchProfiles } from '@/features/search/profile-search-api';
import type { RankCursor } from '@/features/search/search-rank';
import { searchSounds } from '@/features/search/sound-search-api';
import { searchVideos } from '@/features/search/video-search-api';
import { renameSound } from '@/features/sounds/sounds-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { as } from './personas';
import { ALL, crowd, ids, join, marathon, publish, readAll, signal, type Member } from './world';

let ann: Member;
let video: string;
let sound: string;

beforeAll(async () => {
  ann = await join('search.ann');
  await as(ann.email, () => updateProfile(ann.id, { display_name: 'Zöe Quillfeather' }));
  video = await publish(ann, 'Polishing brass telescopes #telescoping');
  sound = (await fetchVideo(video, signal))?.sound?.id ?? '';
  await as(ann.email, () => renameSound(sound, 'Humming orrery'));
});

test('videos are found by their words, stems and beginnings', async () => {
  for (const query of ['brass', 'polish telescope', 'BRASS telesc', '#telescoping']) {
    const { rows, next } = await searchVideos(query, null, signal);
    expect([query, ids(rows), next]).toEqual([query, [video], null]);
  }
  const [row] = (await searchVideos('brass', null, signal)).rows;
  expect(row).toMatchObject({ author: { handle: ann.handle }, viewer_liked: false });
  expect((await searchVideos('brass trombone', null, signal)).rows).toEqual([]);
  const wrong = await searchVideos('polishing bras telescops', null, signal);
  expect(ids(wrong.rows)).toEqual([video]);
});

test('people are found by name and handle, also written wrongly', async () => {
  for (const query of ['zoe quill', 'Quilfeather', 'search.ann']) {
    const { rows } = await searchProfiles(query, null, signal);
    expect([query, rows[0]?.id]).toEqual([query, ann.id]);
  }
  const { rows } = await searchProfiles('quillfeather', null, signal);
  expect(rows[0]).toMatchObject({ viewer_follows: false, follower_count: 0 });
});

test('hashtags and sounds are found by name', async () => {
  const tags = await searchHashtags('#telescop', null, signal);
  expect(tags.rows).toMatchObject([{ tag: 'telescoping', video_count: 1 }]);
  const sounds = await searchSounds('orrery', null, signal);
  expect(sounds.rows).toMatchObject([{ id: sound, title: 'Humming orrery', video_count: 1 }]);
});

test('what one may not see is not found', async () => {
  const secret = await publish(ann, 'Secret astrolabe', 'private');
  const found = async () => ids((await searchVideos('astrolabe', null, signal)).rows);
  expect(await found()).toEqual([]);
  await as(ann.email, async () => expect(await found()).toEqual([secret]));
  await as(ann.email, () => blockMember(crowd(13).id));
  await as(crowd(13).email, async () => {
    expect((await searchProfiles('quillfeather', null, signal)).rows).toEqual([]);
    expect((await searchVideos('brass', null, signal)).rows).toEqual([]);
    expect((await searchSounds('orrery', null, signal)).rows).toEqual([]);
  });
});

test('no query is a mistake', async () => {
  for (const query of [
    '',
    '   ',
    "'; drop table videos --",
    '& | ! ( :*',
    '%_\\',
    'x'.repeat(5000),
  ]) {
    for (const search of [searchVideos, searchProfiles, searchHashtags, searchSounds]) {
      expect((await search(query, null, signal)).rows).toEqual([]);
    }
  }
});

test('many come page by page, the best first, none twice', async () => {
  const videos = await readAll((cursor: RankCursor | null) =>
    searchVideos('marathon', cursor, signal),
  );
  expect(ids(videos).toSorted()).toEqual(ALL.map(marathon));
  const people = await readAll((cursor: RankCursor | null) =>
    searchProfiles('crowd', cursor, signal),
  );
  expect(ids(people).toSorted()).toEqual(ALL.map((n) => crowd(n).id));
  const [best] = (await searchProfiles('crowd17', null, signal)).rows;
  expect(best).toMatchObject({ handle: 'crowd17' });
});
