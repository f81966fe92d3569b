import { beforeAll, expect, test } from 'vitest';
import { blockMember } from '@/features/blocks/blocks-api';
import { fetchSound, fetchVideosOfSound, renameSound } from '@/features/sounds/sounds-api';
import { fetchVideo, updateVideo } from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { crowd, ids, join, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let video: string;
let sound: string;
/** Puts a sound into one's own video, as the upload form does. */
const use = (id: string, sound_id: string | null) =>
  supabase.from('videos').update({ sound_id }).eq('id', id).throwOnError();

beforeAll(async () => {
  ann = await join('sounds.ann');
  bob = await join('sounds.bob');
  video = await publish(ann, 'With a sound of its own');
  sound = (await fetchVideo(video, signal))?.sound?.id ?? '';
});

test('what is published brings a sound that everyone finds', async () => {
  const found = await fetchSound(sound, signal);
  expect(found).toMatchObject({ title: null, video_count: 1, creator: { handle: ann.handle } });
  expect(ids(await fetchVideosOfSound(sound, null, signal))).toEqual([video]);
  expect(await fetchSound('no-id', signal)).toBeNull();
  expect(await fetchSound(ann.id, signal)).toBeNull();
});

test('only its creator names a sound', async () => {
  await as(bob.email, () => renameSound(sound, 'Mine'));
  await refused(renameSound(sound, 'Mine'));
  await as(ann.email, async () => {
    await renameSound(sound, 'Dripping tap');
    await refused(renameSound(sound, '   '), '23514');
  });
  expect(await fetchSound(sound, signal)).toMatchObject({ title: 'Dripping tap' });
});

test('others use a sound, and every video counts as far as it is public', async () => {
  const second = await publish(bob, 'To the same tap');
  await as(bob.email, () => use(second, sound));
  expect(await fetchSound(sound, signal)).toMatchObject({ video_count: 2 });
  expect(ids(await fetchVideosOfSound(sound, null, signal))).toEqual([second, video]);
  await as(bob.email, () => updateVideo(second, { visibility: 'private' }));
  expect(await fetchSound(sound, signal)).toMatchObject({ video_count: 1 });
  expect(ids(await fetchVideosOfSound(sound, null, signal))).toEqual([video]);
  await as(bob.email, async () => {
    expect(ids(await fetchVideosOfSound(sound, null, signal))).toEqual([second, video]);
  });
});

test('a sound that nothing public uses is its creator’s alone', async () => {
  const own = await publish(ann, 'Soon hidden');
  const hidden = (await fetchVideo(own, signal))?.sound?.id ?? '';
  await as(ann.email, async () => {
    await updateVideo(own, { visibility: 'private' });
    expect(await fetchSound(hidden, signal)).toMatchObject({ video_count: 0 });
  });
  expect(await fetchSound(hidden, signal)).toBeNull();
  const other = await publish(bob, 'I want it');
  await as(bob.email, async () => {
    expect(await fetchSound(hidden, signal)).toBeNull();
    await refused(use(other, hidden));
  });
});

test('nor is it shown across a block', async () => {
  const foe = await join('sounds.foe');
  await as(ann.email, () => blockMember(foe.id));
  await as(foe.email, async () => {
    expect(await fetchSound(sound, signal)).toBeNull();
    expect(await fetchVideosOfSound(sound, null, signal)).toEqual([]);
  });
});

test('many uses come page by page, none twice', async () => {
  await as(crowd(1).email, async () => {
    const own = supabase.from('videos').update({ sound_id: sound });
    await own.eq('author_id', crowd(1).id).throwOnError();
  });
  const all = await readAll(async (cursor) => {
    const rows = await fetchVideosOfSound(sound, cursor, signal);
    return { rows, next: nextCursor(rows) };
  });
  expect(all).toHaveLength(26);
  expect(await fetchSound(sound, signal)).toMatchObject({ video_count: 26 });
});
