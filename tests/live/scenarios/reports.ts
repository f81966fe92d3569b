import { beforeAll, expect, test } from 'vitest';
import { addVideoComment, fetchVideoComments } from '@/features/comments/video-comments-api';
import { follow } from '@/features/follows/follows-api';
import { likeVideo } from '@/features/likes/video-likes-api';
import { openConversation } from '@/features/messages/conversations-api';
import { sendMessage } from '@/features/messages/messages-api';
import { fetchNotifications } from '@/features/notifications/notifications-api';
import { fetchProfile } from '@/features/profiles/profiles-api';
import {
  decide,
  fetchLog,
  fetchQueue,
  isReason,
  type ModerationAction,
} from '@/features/reports/moderation-api';
import { reportReasons, sendReport } from '@/features/reports/reports-api';
import { fetchSuspendedUntil } from '@/features/reports/suspensions-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import {
  ALL,
  crowd,
  join,
  marathon,
  MODERATOR,
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
const [reason, another] = [reportReasons[0], reportReasons[1]];
const report = (id: string, kind = 'video', details = '') =>
  sendReport({ kind, id, reason, details });
const judge = (action: ModerationAction, id: string, kind = 'video', days = 7) =>
  decide({ kind, id, action, note: `For ${action}`, days });
const queue = async () =>
  (await fetchQueue(null, signal)).filter((entry) => entry.owner_handle === ann.handle);
const asModerator = <T>(work: () => Promise<T>) => as(MODERATOR.email, work);

beforeAll(async () => {
  ann = await join('reports.ann');
  bob = await join('reports.bob');
  cay = await join('reports.cay');
  video = await publish(ann, 'Questionable');
});

test('what is reported waits once in the queue, with all that was said', async () => {
  await as(bob.email, async () => {
    await report(video, 'video', 'Not nice');
    await report(video, 'video', 'Not nice at all');
  });
  await as(cay.email, () => sendReport({ kind: 'video', id: video, reason: another, details: '' }));
  await asModerator(async () => {
    const [entry, ...more] = await queue();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      subject_kind: 'video',
      subject_id: video,
      preview: 'Questionable',
    });
    expect(entry).toMatchObject({ report_count: 2, details: ['Not nice'], owner_name: ann.handle });
    expect(entry?.reasons.toSorted()).toEqual([reason, another].toSorted());
  });
});

test('comments and profiles are reported likewise; unknown and unseen things are not', async () => {
  const words = { video_id: video, parent_id: null, body: 'Rude' };
  const comment = await as(ann.email, () => addVideoComment(words));
  const secret = await publish(ann, 'Nobody knows', 'private');
  await as(bob.email, async () => {
    await report(comment.id, 'video_comment');
    await report(ann.id, 'profile');
    await refused(report(video, 'nonsense'), '23514');
    await refused(report(secret));
    await refused(report(video, 'video', 'x'.repeat(1001)), '23514');
  });
  await asModerator(async () => {
    expect((await queue()).map((entry) => entry.subject_kind)).toEqual([
      'video',
      'video_comment',
      'profile',
    ]);
    await judge('remove', comment.id, 'video_comment');
    await judge('dismiss', ann.id, 'profile');
    expect(await queue()).toHaveLength(1);
  });
  expect(await fetchVideoComments(video, null, signal)).toEqual([]);
});

test('only moderators see the queue and the log, and decide', async () => {
  await as(bob.email, async () => {
    expect(await fetchQueue(null, signal)).toEqual([]);
    expect(await fetchLog(null, signal)).toEqual([]);
    await refused(judge('remove', video));
  });
  await refused(fetchQueue(null, signal));
  await refused(fetchLog(null, signal));
  await refused(judge('remove', video));
  await refused(report(video));
  expect(await fetchVideo(video, signal)).not.toBeNull();
});

test('what is removed is its owner’s to see only, until it is restored', async () => {
  await asModerator(async () => {
    await judge('remove', video);
    await judge('remove', video);
    expect(await queue()).toEqual([]);
  });
  expect(await fetchVideo(video, signal)).toBeNull();
  await as(bob.email, async () => {
    expect(await fetchVideo(video, signal)).toBeNull();
    const [told] = await fetchNotifications(null, signal);
    expect(told).toMatchObject({ kind: 'report_resolved', actor_id: bob.id });
  });
  await as(ann.email, async () => {
    const own = await fetchVideo(video, signal);
    expect(own?.removed_at).not.toBeNull();
    const told = (await fetchNotifications(null, signal)).map((entry) => entry.kind);
    expect(told).toContain('content_removed');
    await refused(
      supabase
        .from('videos')
        .update({ removed_at: null } as never)
        .eq('id', video)
        .throwOnError(),
    );
  });
  await asModerator(async () => {
    expect(await fetchVideo(video, signal)).not.toBeNull();
    await judge('restore', video);
  });
  expect(await fetchVideo(video, signal)).toMatchObject({ removed_at: null });
});

test('who is suspended publishes nothing until that is lifted', async () => {
  const comment = { video_id: video, parent_id: null, body: 'Me again' };
  const talk = await as(ann.email, () => openConversation(bob.id));
  await asModerator(() => judge('suspend', video));
  await as(ann.email, async () => {
    const until = Date.parse((await fetchSuspendedUntil(ann.id, signal)) ?? '');
    expect(until).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    await refused(addVideoComment(comment));
    await refused(follow(bob.id));
    await refused(likeVideo(marathon(1)));
    await refused(supabase.from('videos').insert({ caption: 'More' }).throwOnError());
    expect(await openConversation(bob.id)).toBe(talk);
    await refused(openConversation(cay.id));
    await refused(sendMessage({ id: crypto.randomUUID(), conversationId: talk, body: 'Psst' }));
    await refused(report(marathon(1)));
  });
  await as(bob.email, async () => expect(await fetchSuspendedUntil(ann.id, signal)).toBeNull());
  await asModerator(() => judge('lift', video));
  await as(ann.email, async () => {
    expect(await fetchSuspendedUntil(ann.id, signal)).toBeNull();
    expect(await addVideoComment(comment)).toMatchObject(comment);
  });
});

test('each decision is in the log once, latest first', async () => {
  await asModerator(async () => {
    const log = (await fetchLog(null, signal)).filter((row) => row.owner?.handle === ann.handle);
    expect(log.map((row) => row.action)).toEqual([
      'lift',
      'suspend',
      'restore',
      'remove',
      'dismiss',
      'remove',
    ]);
    expect(log.map((row) => row.in_force)).toEqual([false, false, false, false, false, true]);
    expect(log[0]).toMatchObject({ note: 'For lift', moderator: { display_name: 'Crowd 2' } });
    expect(Date.parse(log[1]?.suspended_until ?? '')).toBeGreaterThan(Date.now());
    await refused(judge('remove', marathon(99)), 'P0002');
    await refused(judge('suspend', MODERATOR.id, 'profile'));
  });
});

test('a profile that is reported stays, whatever is decided', async () => {
  await as(cay.email, () => report(bob.id, 'profile'));
  await asModerator(() => judge('suspend', bob.id, 'profile', 1));
  expect(await fetchProfile(bob.handle, signal)).toMatchObject({ id: bob.id });
  await asModerator(() => judge('lift', bob.id, 'profile'));
});

test('reasons of another version are not mistaken for ours', () => {
  expect([isReason(reason, reportReasons), isReason('unheard_of', reportReasons)]).toEqual([
    true,
    false,
  ]);
});

test('a long queue and a long log come page by page, none twice', async () => {
  const reports = ALL.map((n) => ({ video_id: marathon(n), reason }));
  await as(cay.email, () => supabase.from('reports').insert(reports).throwOnError());
  await as(crowd(3).email, async () => {
    const all = await readAll(async (cursor) => {
      const rows = await fetchQueue(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    const order = all.map((entry) => `${entry.created_at} ${entry.id}`);
    expect(order).toEqual(order.toSorted());
    const ours = all.filter((entry) => entry.owner_handle === 'crowd01');
    expect(ours.map((entry) => entry.subject_id).toSorted()).toEqual(ALL.map(marathon));
    for (const entry of ours) await judge('dismiss', entry.subject_id);
    const log = await readAll(async (cursor) => {
      const rows = await fetchLog(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    expect(log.slice(0, 25).map((row) => row.action)).toEqual(ALL.map(() => 'dismiss'));
  });
});
