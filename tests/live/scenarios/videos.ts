// @vitest-environment happy-dom
import { beforeAll, expect, test } from 'vitest';
import { blockMember } from '@/features/blocks/blocks-api';
import { follow } from '@/features/follows/follows-api';
import {
  discardUpload,
  removeLeftovers,
  uploadVideo,
  type UploadSteps,
} from '@/features/videos/upload-api';
import {
  deleteVideo,
  fetchVideo,
  fetchVideosOfAuthor,
  updateVideo,
} from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { signedUrl } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, crowd, ids, join, marathon, publish, readAll, refused, signal } from './world';
import type { Member } from './world';

let ann: Member;
let fan: Member;
let foe: Member;

beforeAll(async () => {
  ann = await join('videos.ann');
  fan = await join('videos.fan');
  foe = await join('videos.foe');
  await as(fan.email, () => follow(ann.id));
  await as(ann.email, () => blockMember(foe.id));
});

const film = (type = 'video/mp4') => new File(['moving pictures'], 'film.mp4', { type });
const upload = (userId: string, file = film(), draft = {}) => ({
  file,
  facts: {
    durationMs: 4200,
    width: 720,
    height: 1280,
    thumbnail: new File(['still'], 'film.webp', { type: 'image/webp' }),
  },
  draft: { caption: 'A first film', ...draft },
  userId,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

test('a video is uploaded, published and seen by everyone but the blocked', async () => {
  const id = await as(ann.email, () => uploadVideo({}, upload(ann.id)));
  const seen = await fetchVideo(id, signal);
  expect(seen).toMatchObject({ status: 'ready', caption: 'A first film', duration_ms: 4200 });
  expect(seen?.author).toMatchObject({ id: ann.id, handle: ann.handle });
  expect(seen).toMatchObject({ like_count: 0, viewer_liked: false, view_count: 0 });
  expect(Date.parse(seen?.published_at ?? '')).toBeGreaterThan(0);
  const file = await fetch(await signedUrl('videos', seen?.video_path ?? ''));
  expect(await file.text()).toBe('moving pictures');
  await as(foe.email, async () => {
    expect(await fetchVideo(id, signal)).toBeNull();
    expect(await fetchVideosOfAuthor(ann.id, null, signal)).toEqual([]);
    await expect(signedUrl('videos', seen?.video_path ?? '')).rejects.toThrow();
  });
});

test('an address without an id, or with an unknown one, shows no video', async () => {
  expect(await fetchVideo('no-id', signal)).toBeNull();
  expect(await fetchVideo(crowd(1).id, signal)).toBeNull();
});

test('a second try goes on where the first one stopped', async () => {
  await as(ann.email, async () => {
    const steps: UploadSteps = {};
    const broken = { ...upload(ann.id), facts: { ...upload(ann.id).facts, durationMs: -1 } };
    await refused(uploadVideo(steps, broken), '23514');
    const kept = { ...steps };
    expect(await fetchVideo(kept.videoId ?? '', signal)).toMatchObject({ status: 'uploading' });
    const again = upload(ann.id, film(), { caption: 'Again' });
    expect(await uploadVideo(steps, again)).toBe(kept.videoId);
    expect(steps).toEqual(kept);
    const done = await fetchVideo(kept.videoId ?? '', signal);
    expect(done).toMatchObject({ caption: 'Again', video_path: kept.videoPath, status: 'ready' });
    await deleteVideo({ id: kept.videoId ?? '', video_path: null, thumbnail_path: null });
  });
});

test('an upload that is given up leaves neither row nor files', async () => {
  await as(fan.email, async () => {
    const steps: UploadSteps = {};
    const broken = { ...upload(fan.id), facts: { ...upload(fan.id).facts, width: -1 } };
    await refused(uploadVideo(steps, broken), '23514');
    const { videoId = '' } = steps;
    await discardUpload(steps, false);
    expect(await fetchVideo(videoId, signal)).toMatchObject({ status: 'uploading' });
    await discardUpload(steps, true);
    expect([steps, await fetchVideo(videoId, signal)]).toEqual([{}, null]);
    expect((await supabase.rpc('my_files').throwOnError()).data).toEqual([]);
  });
});

test('nobody uploads for another, as a guest, or what is no video', async () => {
  await as(fan.email, async () => {
    await expect(uploadVideo({}, upload(ann.id))).rejects.toMatchObject({ name: 'UploadError' });
    const page = upload(fan.id, film('text/html'));
    await expect(uploadVideo({}, page)).rejects.toMatchObject({ status: 415 });
    for (const draft of await fetchVideosOfAuthor(fan.id, null, signal)) await deleteVideo(draft);
    expect(await fetchVideosOfAuthor(fan.id, null, signal)).toEqual([]);
  });
  await refused(uploadVideo({}, upload(ann.id)));
});

test('the visibility decides who sees a video', async () => {
  const friends = await publish(ann, 'For followers', 'followers');
  const secret = await publish(ann, 'For me', 'private');
  const sees = async () => [await fetchVideo(friends, signal), await fetchVideo(secret, signal)];
  expect(await sees()).toEqual([null, null]);
  await as(crowd(3).email, async () => expect(await sees()).toEqual([null, null]));
  await as(fan.email, async () => {
    expect(await sees()).toMatchObject([{ id: friends }, null]);
    expect(ids(await fetchVideosOfAuthor(ann.id, null, signal))).toHaveLength(2);
  });
  await as(ann.email, async () => {
    expect(await sees()).toMatchObject([{ id: friends }, { id: secret }]);
    expect(ids(await fetchVideosOfAuthor(ann.id, null, signal)).slice(0, 2)).toEqual([
      secret,
      friends,
    ]);
    await updateVideo(secret, { visibility: 'public', caption: 'For all' });
  });
  expect(await fetchVideo(secret, signal)).toMatchObject({ caption: 'For all' });
});

test('only the author changes and deletes a video', async () => {
  const id = await publish(ann, 'Mine');
  for (const other of [fan, foe]) {
    await as(other.email, async () => {
      await updateVideo(id, { caption: 'Yours' });
      await deleteVideo({ id, video_path: null, thumbnail_path: null });
    });
  }
  await refused(updateVideo(id, { caption: 'Yours' }));
  const video = await fetchVideo(id, signal);
  expect(video).toMatchObject({ caption: 'Mine' });
  if (!video) throw new Error('gone');
  await refused(deleteVideo(video));
  await as(ann.email, async () => {
    await refused(updateVideo(id, { status: 'failed' } as never));
    await refused(updateVideo(id, { caption: 'x'.repeat(2201) }), '23514');
    await deleteVideo(video);
    expect(await fetchVideo(id, signal)).toBeNull();
    const { data: files } = await supabase.rpc('my_files').throwOnError();
    expect(files.map((file) => file.path)).not.toContain(video.video_path);
  });
});

test("an author's videos come newest first, page by page, none twice", async () => {
  const all = await readAll(async (cursor) => {
    const rows = await fetchVideosOfAuthor(crowd(1).id, cursor, signal);
    return { rows, next: nextCursor(rows) };
  });
  expect(all).toHaveLength(25);
  const order = all.map((video) => `${video.created_at} ${video.id}`);
  expect(order).toEqual(order.toSorted().toReversed());
  expect(ids(all).toSorted()).toEqual(ALL.map(marathon));
});

test('what a broken upload left in storage is removed, and nothing else', async () => {
  const other = crowd(4);
  await publish(other, 'With files of its own');
  const files = async () => {
    const { data } = await supabase.rpc('my_files').throwOnError();
    return data.map((file) => file.path.slice(other.id.length + 1)).toSorted();
  };
  await as(ann.email, removeLeftovers); // somebody else's are not hers to remove
  const kept = await as(other.email, async () => {
    expect(await files()).toContain('broken-off.mp4');
    await removeLeftovers();
    return files();
  });
  expect(kept).toHaveLength(3); // the video, its picture, and what may still be on its way
  expect(kept).toContain('under-way.mp4');
  expect(kept).not.toContain('broken-off.mp4');
  await refused(removeLeftovers());
});
