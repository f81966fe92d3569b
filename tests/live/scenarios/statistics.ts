import { beforeAll, expect, test } from 'vitest';
import { addVideoComment } from '@/features/comments/video-comments-api';
import { follow } from '@/features/follows/follows-api';
import { likeVideo } from '@/features/likes/video-likes-api';
import { fetchDays, fetchTopVideos } from '@/features/statistics/statistics-api';
import { recordVideoView } from '@/features/views/video-views-api';
import { as } from './personas';
import { crowd, ids, join, publish, refused, signal, type Member } from './world';

let ann: Member;
let quiet: string;
let loud: string;

beforeAll(async () => {
  ann = await join('statistics.ann');
  quiet = await publish(ann, 'Quiet');
  loud = await publish(ann, 'Loud', 'followers');
  for (const n of [11, 12]) {
    await as(crowd(n).email, async () => {
      await follow(ann.id);
      await likeVideo(loud);
      await recordVideoView({ videoId: loud, watchedMs: 100, completed: false });
    });
  }
  await as(crowd(11).email, () =>
    addVideoComment({ video_id: quiet, parent_id: null, body: 'Nice' }),
  );
});

test('one sees the days of a period and of the one before, earliest first', async () => {
  await as(ann.email, async () => {
    const today = () => new Date().toISOString().slice(0, 10);
    const before = today();
    const days = await fetchDays(7, signal);
    expect(days).toHaveLength(14);
    const dates = days.map((day) => day.day);
    expect(dates).toEqual(dates.toSorted());
    expect([before, today()]).toContain(dates.at(-1));
    const sums = { videos: 0, views: 0, likes: 0, comments: 0, followers: 0 };
    for (const day of days.slice(-2)) {
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += day[name];
    }
    expect(sums).toEqual({ videos: 2, views: 2, likes: 2, comments: 1, followers: 2 });
    expect(await fetchDays(1000, signal)).toHaveLength(180);
  });
});

test('and which videos did best', async () => {
  await as(ann.email, async () => {
    const top = await fetchTopVideos(7, signal);
    expect(ids(top)).toEqual([loud, quiet]);
    expect(top[0]).toMatchObject({ caption: 'Loud', views: 2, likes: 2, comments: 0 });
    expect(top[1]).toMatchObject({ views: 0, likes: 0, comments: 1 });
  });
});

test('but nothing of others, and a guest nothing at all', async () => {
  await as(crowd(11).email, async () => {
    expect(await fetchTopVideos(7, signal)).toEqual([]);
    const days = await fetchDays(7, signal);
    expect(days.every((day) => day.views === 0 && day.likes === 0)).toBe(true);
  });
  await refused(fetchDays(7, signal));
  await refused(fetchTopVideos(7, signal));
});
