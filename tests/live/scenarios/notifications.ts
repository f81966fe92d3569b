import { beforeAll, expect, test } from 'vitest';
import { blockMember, muteMember } from '@/features/blocks/blocks-api';
import { addVideoComment } from '@/features/comments/video-comments-api';
import { follow } from '@/features/follows/follows-api';
import { likeVideo, unlikeVideo } from '@/features/likes/video-likes-api';
import {
  fetchNotifications,
  fetchOptOuts,
  fetchUnreadCount,
  markAllRead,
  markRead,
  setWanted,
} from '@/features/notifications/notifications-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import {
  ALL,
  crowd,
  join,
  marathon,
  publish,
  readAll,
  refused,
  signal,
  type Member,
} from './world';

let ann: Member;
let bob: Member;
let cay: Member;
let video: string;
const news = () => fetchNotifications(null, signal);
const kinds = async () => (await news()).map((entry) => entry.kind);

beforeAll(async () => {
  ann = await join('notifications.ann');
  bob = await join('notifications.bob');
  cay = await join('notifications.cay');
  video = await publish(ann, 'Newsworthy');
});

test('what happens to one thing on one day is one entry, by the latest of all', async () => {
  await as(bob.email, () => likeVideo(video));
  await as(cay.email, () => likeVideo(video));
  await as(ann.email, async () => {
    await likeVideo(video);
    expect(await news()).toMatchObject([
      {
        kind: 'video_liked',
        subject_id: video,
        actor_id: cay.id,
        actor_handle: cay.handle,
        actor_count: 2,
        is_unread: true,
      },
    ]);
    expect(await fetchUnreadCount(signal)).toBe(1);
  });
});

test('reading an entry leaves the others new, and only one’s own can be read', async () => {
  await as(bob.email, () => follow(ann.id));
  const entries = await as(ann.email, async () => {
    const all = await news();
    expect(all).toMatchObject([{ kind: 'followed', subject_id: null }, { kind: 'video_liked' }]);
    return all;
  });
  const [, liked] = entries;
  if (!liked) throw new Error('no entry');
  await as(bob.email, async () => {
    expect(await news()).toEqual([]);
    await markRead(liked);
    await markAllRead(liked.created_at);
  });
  await as(ann.email, async () => {
    expect(await fetchUnreadCount(signal)).toBe(2);
    await markRead(liked);
    expect(await news()).toMatchObject([{ is_unread: true }, { is_unread: false }]);
    expect(await fetchUnreadCount(signal)).toBe(1);
  });
});

test('liking again is told once, as news', async () => {
  await as(bob.email, async () => {
    await unlikeVideo(video);
    await likeVideo(video);
  });
  await as(ann.email, async () => {
    const [latest] = await news();
    expect(latest).toMatchObject({ kind: 'video_liked', actor_count: 2, is_unread: true });
    expect(await fetchUnreadCount(signal)).toBe(2);
  });
});

test('all that was shown is read, what has come since stays new', async () => {
  const [shown] = await as(ann.email, news);
  const words = { video_id: video, parent_id: null, body: 'Well done, @notifications.cay' };
  await as(bob.email, () => addVideoComment(words));
  await as(ann.email, async () => {
    await markAllRead(shown?.created_at ?? '');
    const entries = await news();
    expect(entries[0]).toMatchObject({ kind: 'video_commented', is_unread: true });
    expect(entries.slice(1).some((entry) => entry.is_unread)).toBe(false);
    expect(await fetchUnreadCount(signal)).toBe(1);
  });
  await as(cay.email, async () => expect(await kinds()).toEqual(['video_comment_mentioned']));
});

test('kinds that are not wanted do not come, and then come again', async () => {
  await as(cay.email, async () => {
    await setWanted(['followed', 'follow_requested'], false);
    await setWanted(['followed'], false);
    expect((await fetchOptOuts(signal)).toSorted()).toEqual(['follow_requested', 'followed']);
  });
  await as(bob.email, async () => {
    expect(await fetchOptOuts(signal)).toEqual([]);
    await follow(cay.id);
  });
  await as(cay.email, async () => {
    expect(await kinds()).not.toContain('followed');
    await setWanted(['followed', 'follow_requested'], true);
    expect(await fetchOptOuts(signal)).toEqual([]);
  });
  await as(ann.email, () => follow(cay.id));
  await as(cay.email, async () => expect(await kinds()).toContain('followed'));
});

test('nothing is told of the muted, and a block takes back what was', async () => {
  await as(cay.email, () => muteMember(crowd(14).id));
  await as(crowd(14).email, () => follow(cay.id));
  await as(cay.email, async () => {
    const actors = (await news()).map((entry) => entry.actor_id);
    expect(actors).not.toContain(crowd(14).id);
    expect(actors).toContain(bob.id);
    await blockMember(bob.id);
    expect((await news()).map((entry) => entry.actor_id)).not.toContain(bob.id);
  });
});

test('a guest has no news', async () => {
  await refused(news());
  await refused(fetchUnreadCount(signal));
  await refused(fetchOptOuts(signal));
  await refused(markAllRead('infinity'));
  await refused(markRead({ group_key: 'x', day: '2026-01-01' }));
  await refused(setWanted(['followed'], false));
  await refused(setWanted(['followed'], true));
});

test('much news comes page by page, none twice', async () => {
  const dan = await join('notifications.dan');
  const likes = ALL.map((n) => ({ video_id: marathon(n) }));
  await as(dan.email, () => supabase.from('video_likes').insert(likes).throwOnError());
  await as(crowd(1).email, async () => {
    const all = await readAll(async (cursor) => {
      const rows = await fetchNotifications(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    const ofDan = all.filter((entry) => entry.actor_id === dan.id);
    expect(ofDan.map((entry) => entry.subject_id).toSorted()).toEqual(ALL.map(marathon));
    const order = all.map((entry) => `${entry.created_at} ${entry.id}`);
    expect(order).toEqual(order.toSorted().toReversed());
  });
});
