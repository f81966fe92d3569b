import { beforeAll, expect, test } from 'vitest';
import {
  fetchSavedVideos,
  fetchVideoBookmark,
  moveVideo,
  saveVideo,
  unsaveVideo,
} from '@/features/bookmarks/video-bookmarks-api';
import {
  createVideoCollection,
  deleteVideoCollection,
  fetchVideoCollection,
  fetchVideoCollections,
  renameVideoCollection,
} from '@/features/bookmarks/video-collections-api';
import { fetchVideo, updateVideo } from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, ids, join, marathon, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let video: string;

beforeAll(async () => {
  ann = await join('bookmarks.ann');
  bob = await join('bookmarks.bob');
  video = await publish(ann, 'To be saved');
});

async function collect(name: string): Promise<string> {
  const id = await createVideoCollection(name);
  const [newest] = await fetchVideoCollections(null, signal);
  expect(newest).toMatchObject({ id, name });
  return id;
}

test('a video is saved once, moved and let go; only its saver knows', async () => {
  await as(bob.email, async () => {
    expect(await fetchVideoBookmark(video, signal)).toBeNull();
    await saveVideo(video);
    await saveVideo(video);
    expect(await fetchVideoBookmark(video, signal)).toMatchObject({ collection_id: null });
    expect(await fetchVideo(video, signal)).toMatchObject({
      bookmark_count: 1,
      viewer_saved: true,
    });
    const collection = await collect('Later');
    await moveVideo(video, collection);
    await saveVideo(video);
    expect(await fetchVideoBookmark(video, signal)).toMatchObject({ collection_id: collection });
    expect(ids((await fetchSavedVideos(collection, null, signal)).rows)).toEqual([video]);
    await moveVideo(video, null);
    expect((await fetchSavedVideos(collection, null, signal)).rows).toEqual([]);
    expect(ids((await fetchSavedVideos(null, null, signal)).rows)).toEqual([video]);
  });
  await as(ann.email, async () => {
    expect(await fetchVideo(video, signal)).toMatchObject({
      bookmark_count: 1,
      viewer_saved: false,
    });
    expect((await fetchSavedVideos(null, null, signal)).rows).toEqual([]);
    await unsaveVideo(video);
  });
  await as(bob.email, async () => {
    await unsaveVideo(video);
    expect(await fetchVideo(video, signal)).toMatchObject({
      bookmark_count: 0,
      viewer_saved: false,
    });
  });
});

test('collections are named once, renamed and deleted; what is in them stays saved', async () => {
  await as(bob.email, async () => {
    const collection = await collect('Bread');
    await refused(createVideoCollection('Bread'), '23505');
    await refused(createVideoCollection('  '), '23514');
    await refused(createVideoCollection('x'.repeat(61)), '23514');
    await renameVideoCollection(collection, 'Baking');
    expect(await fetchVideoCollection(collection, signal)).toMatchObject({ name: 'Baking' });
    await saveVideo(video);
    await moveVideo(video, collection);
    await deleteVideoCollection(collection);
    expect(await fetchVideoCollection(collection, signal)).toBeNull();
    expect(await fetchVideoBookmark(video, signal)).toMatchObject({ collection_id: null });
  });
});

test('nobody reads, names, fills or deletes the collection of another', async () => {
  const collection = await as(bob.email, () => collect('Private'));
  await as(ann.email, async () => {
    expect(await fetchVideoCollection(collection, signal)).toBeNull();
    expect(await fetchVideoCollections(null, signal)).toEqual([]);
    await renameVideoCollection(collection, 'Mine');
    await deleteVideoCollection(collection);
    await saveVideo(video);
    await refused(moveVideo(video, collection));
    await unsaveVideo(video);
  });
  await as(bob.email, async () => {
    expect(await fetchVideoCollection(collection, signal)).toMatchObject({ name: 'Private' });
  });
});

test('what one may not see can be neither saved nor found among the saved', async () => {
  await as(ann.email, () => updateVideo(video, { visibility: 'private' }));
  await as(bob.email, async () => {
    expect((await fetchSavedVideos(null, null, signal)).rows).toEqual([]);
    await unsaveVideo(video);
    await refused(saveVideo(video));
  });
});

test('a guest has no bookmarks', async () => {
  await refused(saveVideo(video));
  await refused(unsaveVideo(video));
  await refused(moveVideo(video, null));
  await refused(createVideoCollection('Mine'));
  await refused(renameVideoCollection(video, 'Mine'));
  await refused(deleteVideoCollection(video));
  await refused(fetchVideoBookmark(video, signal));
  await refused(fetchVideoCollection(video, signal));
  await refused(fetchVideoCollections(null, signal));
  await refused(fetchSavedVideos(null, null, signal));
});

test('long lists come page by page, none twice', async () => {
  await as(ann.email, async () => {
    const names = ALL.map((n) => ({ name: `Collection ${n}` }));
    await supabase.from('video_collections').insert(names).throwOnError();
    const collections = await readAll(async (cursor) => {
      const rows = await fetchVideoCollections(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    expect(collections).toHaveLength(25);
    const collection_id = collections[3]?.id ?? '';
    const saved = ALL.map((n) => ({ video_id: marathon(n), collection_id }));
    await supabase.from('video_bookmarks').insert(saved).throwOnError();
    for (const from of [null, collection_id]) {
      const all = await readAll((cursor) => fetchSavedVideos(from, cursor, signal));
      expect(ids(all).toSorted()).toEqual(ALL.map(marathon));
    }
  });
});
