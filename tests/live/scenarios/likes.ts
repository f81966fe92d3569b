import { beforeAll, expect, test } from 'vitest';
import { fetchLikedVideos } from '@/features/bookmarks/liked-videos-api';
import { addVideoComment, fetchVideoCommentThread } from '@/features/comments/video-comments-api';
import { likeVideoComment, unlikeVideoComment } from '@/features/likes/video-comment-likes-api';
import { likeVideo, unlikeVideo } from '@/features/likes/video-likes-api';
import { fetchVideo, updateVideo } from '@/features/videos/videos-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, ids, join, marathon, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let video: string;
let comment: string;

beforeAll(async () => {
  ann = await join('likes.ann');
  bob = await join('likes.bob');
  video = await publish(ann, 'To be liked');
  const words = { video_id: video, parent_id: null, body: 'Like me' };
  comment = await as(ann.email, async () => (await addVideoComment(words)).id);
});

test('each member likes a video once and takes the like back', async () => {
  await as(bob.email, async () => {
    await likeVideo(video);
    await likeVideo(video);
    expect(await fetchVideo(video, signal)).toMatchObject({ like_count: 1, viewer_liked: true });
  });
  await as(ann.email, async () => {
    expect(await fetchVideo(video, signal)).toMatchObject({ like_count: 1, viewer_liked: false });
    await unlikeVideo(video);
    await likeVideo(video);
  });
  expect(await fetchVideo(video, signal)).toMatchObject({ like_count: 2, viewer_liked: false });
  await as(bob.email, async () => {
    await unlikeVideo(video);
    await unlikeVideo(video);
    expect(await fetchVideo(video, signal)).toMatchObject({ like_count: 1, viewer_liked: false });
  });
});

test('a comment likewise', async () => {
  const seen = () => fetchVideoCommentThread(comment, signal);
  await as(bob.email, async () => {
    await likeVideoComment(comment);
    await likeVideoComment(comment);
    expect(await seen()).toMatchObject({ like_count: 1, viewer_liked: true });
  });
  await as(ann.email, async () => {
    await unlikeVideoComment(comment);
    expect(await seen()).toMatchObject({ like_count: 1, viewer_liked: false });
  });
  await as(bob.email, async () => {
    await unlikeVideoComment(comment);
    expect(await seen()).toMatchObject({ like_count: 0, viewer_liked: false });
  });
});

test('a guest likes nothing, and nobody what they may not see', async () => {
  await refused(likeVideo(video));
  await refused(unlikeVideo(video));
  await refused(likeVideoComment(comment));
  await refused(unlikeVideoComment(comment));
  await as(ann.email, () => updateVideo(video, { visibility: 'private' }));
  await as(bob.email, async () => {
    await refused(likeVideo(video));
    await refused(likeVideoComment(comment));
  });
  await as(ann.email, () => updateVideo(video, { visibility: 'public' }));
});

test('what one liked is listed for oneself only, page by page', async () => {
  const likes = ALL.map((n) => ({ video_id: marathon(n) }));
  await as(bob.email, async () => {
    await supabase.from('video_likes').insert(likes).throwOnError();
    await likeVideo(video);
    const all = await readAll((cursor) => fetchLikedVideos(cursor, signal));
    expect(ids(all)).toEqual([video, ...ALL.map(marathon).toReversed()]);
    expect(all[0]).toMatchObject({ viewer_liked: true, author: { handle: ann.handle } });
  });
  await as(ann.email, async () => {
    expect(ids((await fetchLikedVideos(null, signal)).rows)).toEqual([video]);
  });
  await refused(fetchLikedVideos(null, signal));
});
