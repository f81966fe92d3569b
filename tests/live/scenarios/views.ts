import { beforeAll, expect, test, vi } from 'vitest';
import { fetchVideo, updateVideo } from '@/features/videos/videos-api';
import {
  clearVideoHistory,
  fetchVideoHistory,
  fetchViewToken,
  recordLastVideoView,
  recordVideoView,
} from '@/features/views/video-views-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, ids, join, marathon, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let video: string;
const view = (videoId: string, watchedMs = 1500) => ({ videoId, watchedMs, completed: false });
const history = async () => ids((await fetchVideoHistory(null, signal)).rows);
const watched = async () => {
  const { data } = await supabase.from('video_views').select().eq('video_id', video).throwOnError();
  return data;
};

beforeAll(async () => {
  ann = await join('views.ann');
  bob = await join('views.bob');
  video = await publish(ann, 'To be seen');
});

test('a member counts once, with the longest sitting of the day', async () => {
  await as(bob.email, async () => {
    await recordVideoView(view(video, 3000));
    await recordVideoView({ ...view(video, 1000), completed: true });
    await recordVideoView(view(video, -5));
    expect(await fetchVideo(video, signal)).toMatchObject({ view_count: 1 });
    expect(await watched()).toMatchObject([{ watched_ms: 3000, completed: true }]);
    expect(await history()).toEqual([video]);
  });
  await as(ann.email, async () => {
    expect(await watched()).toEqual([]);
    expect(await history()).toEqual([]);
    await recordVideoView(view(video));
    expect(await fetchVideo(video, signal)).toMatchObject({ view_count: 2 });
  });
});

test('a last report is sent while the page goes away', async () => {
  const other = await publish(ann, 'Seen on the way out');
  await as(bob.email, async () => {
    const token = await fetchViewToken();
    recordLastVideoView(view(other), token ?? '');
    await vi.waitFor(async () => expect(await history()).toEqual([other, video]), 5000);
  });
  expect(await fetchViewToken()).toBeNull();
});

test('a history that was cleared starts anew; what was seen stays counted', async () => {
  await as(ann.email, () => clearVideoHistory());
  await as(bob.email, async () => {
    expect(await history()).toHaveLength(2);
    await clearVideoHistory();
    expect(await history()).toEqual([]);
    await recordVideoView(view(video));
    expect(await history()).toEqual([video]);
    expect(await fetchVideo(video, signal)).toMatchObject({ view_count: 2 });
  });
});

test('nobody counts what they may not see, and a guest counts nothing', async () => {
  await as(ann.email, () => updateVideo(video, { visibility: 'private' }));
  await as(bob.email, async () => expect(await history()).toEqual([]));
  const hidden = await publish(ann, 'Hidden', 'private');
  await as(bob.email, () => refused(recordVideoView(view(hidden))));
  await refused(recordVideoView(view(marathon(1))));
  await refused(fetchVideoHistory(null, signal));
  await refused(clearVideoHistory());
});

test('a long history comes page by page, none twice', async () => {
  const cay = await join('views.cay');
  await as(cay.email, async () => {
    for (const n of ALL) await recordVideoView(view(marathon(n)));
    const all = await readAll((cursor) => fetchVideoHistory(cursor, signal));
    expect(ids(all)).toEqual(ALL.map(marathon).toReversed());
  });
});
