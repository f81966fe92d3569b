import { beforeAll, expect, test } from 'vitest';
import {
  addVideoComment,
  deleteVideoComment,
  fetchVideoCommentReplies,
  fetchVideoComments,
  fetchVideoCommentThread,
} from '@/features/comments/video-comments-api';
import { fetchQueue } from '@/features/reports/moderation-api';
import { sendReport } from '@/features/reports/reports-api';
import { deleteAccount } from '@/features/settings/settings-api';
import { fetchVideo, updateVideo } from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ids, join, MODERATOR, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let cay: Member;
let video: string;
const words = (body: string, parent_id: string | null = null) => ({
  video_id: video,
  parent_id,
  body,
});

beforeAll(async () => {
  ann = await join('comments.ann');
  bob = await join('comments.bob');
  cay = await join('comments.cay');
  video = await publish(ann, 'Talk about it');
});

test('a comment is posted, counted and shown to everyone, newest first', async () => {
  const first = await as(bob.email, () => addVideoComment(words('First')));
  expect(first).toMatchObject({ body: 'First', parent_id: null, reply_count: 0, deleted_at: null });
  expect(first).toMatchObject({ author: { handle: bob.handle }, viewer_may_delete: true });
  const second = await as(cay.email, () => addVideoComment(words('Second')));
  const seen = await fetchVideoComments(video, null, signal);
  expect(ids(seen)).toEqual([second.id, first.id]);
  expect(seen[0]).toMatchObject({ viewer_may_delete: false, like_count: 0, viewer_liked: false });
  expect(await fetchVideo(video, signal)).toMatchObject({ comment_count: 2 });
});

test('replies are one level deep, oldest first, and lead back to their thread', async () => {
  const thread = await as(bob.email, () => addVideoComment(words('A question')));
  const one = await as(ann.email, () => addVideoComment(words('An answer', thread.id)));
  const two = await as(cay.email, () => addVideoComment(words('Another', one.id)));
  expect(two.parent_id).toBe(thread.id);
  expect(ids(await fetchVideoCommentReplies(thread.id, null, signal))).toEqual([one.id, two.id]);
  const found = await fetchVideoCommentThread(two.id, signal);
  expect(found).toMatchObject({ id: thread.id, reply_count: 2 });
  expect(ids(await fetchVideoComments(video, null, signal))).not.toContain(one.id);
});

test('its author and the owner of the video delete a comment, nobody else', async () => {
  const thread = await as(bob.email, () => addVideoComment(words('To go')));
  const reply = await as(cay.email, () => addVideoComment(words('To stay', thread.id)));
  await as(cay.email, () => refused(deleteVideoComment(thread.id)));
  await refused(deleteVideoComment(thread.id));
  await as(bob.email, () => deleteVideoComment(thread.id));
  const [gone] = await fetchVideoComments(video, null, signal);
  expect(gone).toMatchObject({ id: thread.id, body: '', reply_count: 1, viewer_may_delete: false });
  expect(gone?.author).toBeNull();
  expect(gone?.deleted_at).not.toBeNull();
  await as(bob.email, () => refused(addVideoComment(words('Too late', thread.id)), '23514'));
  await as(ann.email, async () => {
    expect(await fetchVideoCommentThread(reply.id, signal)).toMatchObject({ id: thread.id });
    await deleteVideoComment(reply.id);
    await deleteVideoComment(reply.id);
  });
  expect(await fetchVideoCommentThread(thread.id, signal)).toBeNull(); // with its last reply
  expect(await fetchVideoCommentReplies(thread.id, null, signal)).toEqual([]);
  expect(ids(await fetchVideoComments(video, null, signal))).not.toContain(thread.id);
});

test('what others replied outlives the account of who began the thread', async () => {
  const own = await publish(ann, 'Talk and go');
  const on = (body: string, parent_id: string | null = null) =>
    addVideoComment({ video_id: own, parent_id, body });
  const leaver = await join('comments.leaver');
  const [thread, alone] = await as(leaver.email, async () => [await on('Mine'), await on('Me too')]);
  const reply = await as(cay.email, () => on('Yours', thread?.id));
  const kept = await as(cay.email, () => on('A thread that stays'));
  await as(leaver.email, async () => {
    await on('My own reply', thread?.id);
    await on('A reply elsewhere', kept.id);
    await sendReport({ kind: 'video_comment', id: reply.id, reason: 'spam', details: '' });
  });
  await as(bob.email, () =>
    sendReport({ kind: 'video_comment', id: thread?.id ?? '', reason: 'spam', details: '' }),
  );
  expect(await fetchVideo(own, signal)).toMatchObject({ comment_count: 6 });

  await as(leaver.email, () => deleteAccount());

  const left = await fetchVideoComments(own, null, signal);
  expect(ids(left)).toEqual([kept.id, thread?.id]);
  expect(left[0]).toMatchObject({ body: 'A thread that stays', reply_count: 0 });
  expect(left[1]).toMatchObject({ author: null, body: '', reply_count: 1 });
  expect(await fetchVideoCommentThread(alone?.id ?? '', signal)).toBeNull();
  expect(ids(await fetchVideoCommentReplies(thread?.id ?? '', null, signal))).toEqual([reply.id]);
  expect(await fetchVideo(own, signal)).toMatchObject({ comment_count: 2 });
  const queue = await as(MODERATOR.email, () => fetchQueue(null, signal));
  expect(queue.map((entry) => entry.subject_id)).not.toContain(thread?.id);
  await as(cay.email, () => deleteVideoComment(reply.id));
  expect(ids(await fetchVideoComments(own, null, signal))).toEqual([kept.id]);
});

test('an empty comment, a long one and a guest’s are refused', async () => {
  await as(bob.email, async () => {
    await refused(addVideoComment(words('   ')), '23514');
    await refused(addVideoComment(words('x'.repeat(501))), '23514');
    await refused(addVideoComment({ ...words('Hi'), author_id: ann.id } as never));
  });
  await refused(addVideoComment(words('Hi')));
});

test('with the video its comments are out of sight', async () => {
  const [latest] = await fetchVideoComments(video, null, signal);
  await as(ann.email, () => updateVideo(video, { visibility: 'private' }));
  await as(bob.email, async () => {
    expect(await fetchVideoComments(video, null, signal)).toEqual([]);
    expect(await fetchVideoCommentThread(latest?.id ?? '', signal)).toBeNull();
    await refused(addVideoComment(words('Let me in')));
  });
  await as(ann.email, () => updateVideo(video, { visibility: 'public' }));
});

test('long threads come page by page, none twice, also those of one moment', async () => {
  const other = await publish(ann, 'Talk about this, too');
  const many = (body: string, parent_id: string | null) =>
    Array.from({ length: 23 }, () => ({ video_id: other, parent_id, body }));
  const comments = await as(bob.email, async () => {
    await supabase.from('video_comments').insert(many('Hm', null)).throwOnError();
    return readAll(async (cursor) => {
      const rows = await fetchVideoComments(other, cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
  });
  expect(comments).toHaveLength(23);
  const thread = comments[7]?.id ?? '';
  const replies = await as(bob.email, async () => {
    await supabase.from('video_comments').insert(many('Aha', thread)).throwOnError();
    return readAll(async (cursor) => {
      const rows = await fetchVideoCommentReplies(thread, cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
  });
  expect(replies).toHaveLength(23);
  expect(ids(replies)).toEqual(ids(replies).toSorted());
  expect(await fetchVideo(other, signal)).toMatchObject({ comment_count: 46 });
});
