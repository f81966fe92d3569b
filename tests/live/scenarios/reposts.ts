import { beforeAll, expect, test } from 'vitest';
import { blockMember } from '@/features/blocks/blocks-api';
import { follow } from '@/features/follows/follows-api';
import { updateProfile } from '@/features/profiles/profiles-api';
import {
  countVideoShare,
  fetchRepostedVideos,
  repostVideo,
  undoRepostVideo,
} from '@/features/reposts/video-reposts-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, ids, join, marathon, publish, readAll, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
let foe: Member;
let video: string;
const repostsOf = async (member: Member) =>
  ids((await fetchRepostedVideos(member.id, null, signal)).rows);

beforeAll(async () => {
  ann = await join('reposts.ann');
  bob = await join('reposts.bob');
  foe = await join('reposts.foe');
  video = await publish(ann, 'Pass it on');
});

test('a repost counts once and is on the profile for everyone to see', async () => {
  await as(bob.email, async () => {
    await repostVideo(video);
    await repostVideo(video);
    const seen = await fetchVideo(video, signal);
    expect(seen).toMatchObject({ repost_count: 1, viewer_reposted: true });
  });
  expect(await repostsOf(bob)).toEqual([video]);
  await as(ann.email, () => undoRepostVideo(video, bob.id));
  expect(await fetchVideo(video, signal)).toMatchObject({
    repost_count: 1,
    viewer_reposted: false,
  });
});

test('those of a private profile are for its followers, of a blocked one for nobody', async () => {
  await as(foe.email, () => blockMember(bob.id));
  await as(foe.email, async () => expect(await repostsOf(bob)).toEqual([]));
  await as(ann.email, () => follow(bob.id));
  await as(bob.email, () => updateProfile(bob.id, { is_private: true }));
  expect(await repostsOf(bob)).toEqual([]);
  await as(ann.email, async () => expect(await repostsOf(bob)).toEqual([video]));
  await as(bob.email, async () => {
    expect(await repostsOf(bob)).toEqual([video]);
    await undoRepostVideo(video, bob.id);
    expect(await fetchVideo(video, signal)).toMatchObject({ repost_count: 0 });
  });
});

test('a share counts once for each member', async () => {
  await as(bob.email, async () => {
    expect(await countVideoShare(video)).toBe(true);
    expect(await countVideoShare(video)).toBe(false);
  });
  await as(ann.email, async () => expect(await countVideoShare(video)).toBe(true));
  expect(await fetchVideo(video, signal)).toMatchObject({ share_count: 2 });
});

test('neither a guest nor who may not see a video passes it on', async () => {
  await refused(repostVideo(video));
  await refused(undoRepostVideo(video, bob.id));
  await refused(countVideoShare(video));
  const secret = await publish(ann, 'Keep it', 'private');
  await as(bob.email, async () => {
    await refused(repostVideo(secret));
    await refused(countVideoShare(secret));
  });
});

test('many come page by page, none twice', async () => {
  const reposts = ALL.map((n) => ({ video_id: marathon(n) }));
  await as(ann.email, () => supabase.from('video_reposts').insert(reposts).throwOnError());
  const all = await readAll((cursor) => fetchRepostedVideos(ann.id, cursor, signal));
  expect(ids(all).toSorted()).toEqual(ALL.map(marathon));
  expect(all[0]).toMatchObject({ author: { handle: 'crowd01' }, viewer_reposted: false });
});
