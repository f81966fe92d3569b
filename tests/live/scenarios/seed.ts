import { expect, test } from 'vitest';
import { fetchSavedVideos } from '@/features/bookmarks/video-bookmarks-api';
import { fetchVideoCollections } from '@/features/bookmarks/video-collections-api';
import { fetchFollowingFeed } from '@/features/follows/following-feed-api';
import { countRequests } from '@/features/follows/follows-api';
import { fetchUnreadCount } from '@/features/notifications/notifications-api';
import { fetchProfile } from '@/features/profiles/profiles-api';
import { fetchDays, fetchTopVideos } from '@/features/statistics/statistics-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { fetchVideoHistory } from '@/features/views/video-views-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { SAMPLE, signal } from './world';

const PRIVATE = '00000000-0000-4000-8000-00000000a012';
const OF_RUNA = '00000000-0000-4000-8000-00000000a010';

test('sample people sign in and find their app in use', async () => {
  const work = async () => {
    const feed = await fetchFollowingFeed(null, signal);
    expect(feed.length).toBeGreaterThan(5);
    expect(feed.some((video) => video.like_count > 0 && video.comment_count > 0)).toBe(true);
    expect((await fetchSavedVideos(null, null, signal)).rows.length).toBeGreaterThan(0);
    expect(await fetchVideoCollections(null, signal)).toMatchObject([
      { name: 'Rainy days' },
      { name: 'To try' },
    ]);
    expect((await fetchVideoHistory(null, signal)).rows.length).toBeGreaterThan(0);
    expect(await fetchUnreadCount(signal)).toBeGreaterThan(0);
    expect((await fetchDays(28, signal)).some((day) => day.views > 0)).toBe(true);
    expect((await fetchTopVideos(28, signal)).length).toBeGreaterThan(0);
    expect(await fetchVideo(OF_RUNA, signal)).not.toBeNull();
    expect(await fetchVideo(PRIVATE, signal)).toBeNull();
  };
  await as('mara@example.com', work, SAMPLE);
});

test('the private one among them has followers waiting, and guests see nothing of hers', async () => {
  const runa = await fetchProfile('runa', signal);
  expect(runa).toMatchObject({ is_private: true, viewer_may_see: false, follower_count: 2 });
  expect(await fetchVideo(OF_RUNA, signal)).toBeNull();
  const work = async () => expect(await countRequests(runa?.id ?? '', signal)).toBe(2);
  await as('runa@example.com', work, SAMPLE);
});

test('counts of sample rows are exact', async () => {
  const { data } = await supabase
    .from('profiles')
    .select('id, following_count, follower_count')
    .eq('handle', 'mara')
    .single()
    .throwOnError();
  expect(data).toMatchObject({ following_count: 6, follower_count: 13 });
});
