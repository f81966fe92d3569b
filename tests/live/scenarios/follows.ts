import { beforeAll, expect, test } from 'vitest';
import { blockMember, muteMember, unmuteMember } from '@/features/blocks/blocks-api';
import { fetchFollowingFeed, FOLLOWING_PAGE } from '@/features/follows/following-feed-api';
import {
  acceptRequest,
  countRequests,
  endFollow,
  fetchFollowers,
  fetchFollowing,
  follow,
} from '@/features/follows/follows-api';
import { fetchProfileById, updateProfile } from '@/features/profiles/profiles-api';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { as } from './personas';
import { ALL, crowd, ids, join, marathon, publish, readAll, refused, signal } from './world';
import type { Member } from './world';

let ann: Member;
let bob: Member;
let shy: Member;
const accepted = (cursor: Cursor | null = null) => ({
  status: 'accepted' as const,
  cursor,
  signal,
});
const pending = { status: 'pending' as const, cursor: null, signal };

beforeAll(async () => {
  ann = await join('follows.ann');
  bob = await join('follows.bob');
  shy = await join('follows.shy');
  await as(shy.email, () => updateProfile(shy.id, { is_private: true }));
});

test('following counts once, on both sides, and both see it', async () => {
  await as(bob.email, async () => {
    await follow(ann.id);
    await follow(ann.id);
    const seen = await fetchProfileById(ann.id, signal);
    expect(seen).toMatchObject({ follower_count: 1, viewer_follows: true, follows_viewer: false });
    expect(await fetchProfileById(bob.id, signal)).toMatchObject({ following_count: 1 });
    await refused(follow(bob.id), '23514');
  });
  await as(ann.email, async () => {
    const seen = await fetchProfileById(bob.id, signal);
    expect(seen).toMatchObject({ viewer_follows: false, follows_viewer: true });
    expect(await fetchFollowers(ann.id, accepted())).toMatchObject([{ handle: bob.handle }]);
  });
  expect(await fetchFollowing(bob.id, null, signal)).toMatchObject([{ id: ann.id }]);
});

test('a third one cannot end a following, either of the two can', async () => {
  await as(shy.email, () => endFollow(bob.id, ann.id));
  expect(await fetchFollowers(ann.id, accepted())).toHaveLength(1);
  await as(bob.email, () => endFollow(bob.id, ann.id));
  expect(await fetchProfileById(ann.id, signal)).toMatchObject({ follower_count: 0 });
  await as(bob.email, () => follow(ann.id));
  await as(ann.email, () => endFollow(bob.id, ann.id));
  expect(await fetchFollowers(ann.id, accepted())).toEqual([]);
});

test('a private profile accepts its followers itself', async () => {
  await as(bob.email, async () => {
    await follow(shy.id);
    await acceptRequest(bob.id, shy.id);
    const seen = await fetchProfileById(shy.id, signal);
    expect(seen).toMatchObject({ viewer_requested: true, viewer_follows: false });
    expect(seen).toMatchObject({ follower_count: 0, viewer_may_see: false });
    expect(await fetchFollowers(shy.id, accepted())).toEqual([]);
  });
  await as(ann.email, async () => {
    await follow(shy.id);
    await acceptRequest(bob.id, shy.id);
    expect(ids(await fetchFollowers(shy.id, pending))).toEqual([ann.id]);
  });
  await as(shy.email, async () => {
    expect(await countRequests(shy.id, signal)).toBe(2);
    expect(ids(await fetchFollowers(shy.id, pending))).toEqual([ann.id, bob.id]);
    await acceptRequest(bob.id, shy.id);
    await endFollow(ann.id, shy.id);
    expect(await countRequests(shy.id, signal)).toBe(0);
    expect(ids(await fetchFollowers(shy.id, accepted()))).toEqual([bob.id]);
  });
  await as(bob.email, async () => {
    const seen = await fetchProfileById(shy.id, signal);
    expect(seen).toMatchObject({ viewer_follows: true, viewer_may_see: true, follower_count: 1 });
    expect(ids(await fetchFollowing(bob.id, null, signal))).toEqual([shy.id]);
  });
  expect(await fetchFollowing(bob.id, null, signal)).toEqual([]);
});

test('who opens a private profile has nobody waiting', async () => {
  await as(ann.email, () => follow(shy.id));
  await as(shy.email, async () => {
    await updateProfile(shy.id, { is_private: false });
    expect(await countRequests(shy.id, signal)).toBe(0);
    expect(await fetchProfileById(shy.id, signal)).toMatchObject({ follower_count: 2 });
    await updateProfile(shy.id, { is_private: true });
  });
});

test('a block ends what there was and lets nothing begin', async () => {
  const foe = await join('follows.foe');
  await as(foe.email, () => follow(ann.id));
  await as(ann.email, async () => {
    await blockMember(foe.id);
    expect(await fetchFollowers(ann.id, accepted())).toEqual([]);
  });
  await as(foe.email, () => refused(follow(ann.id)));
});

test('a guest reads and follows nobody', async () => {
  await refused(follow(ann.id));
  await refused(endFollow(bob.id, shy.id));
  await refused(acceptRequest(bob.id, shy.id));
  expect(await countRequests(shy.id, signal)).toBe(0);
});

test('long lists come newest first, page by page, none twice', async () => {
  const others = ALL.slice(1).map((n) => crowd(n).id);
  for (const fetchPage of [
    (cursor: Cursor | null) => fetchFollowers(crowd(1).id, accepted(cursor)),
    (cursor: Cursor | null) => fetchFollowing(crowd(1).id, cursor, signal),
  ]) {
    const all = await readAll(async (cursor) => {
      const rows = await fetchPage(cursor);
      return { rows, next: nextCursor(rows, { column: 'followed_at' }) };
    });
    const order = all.map((row) => `${row.followed_at} ${row.id}`);
    expect(order).toEqual(order.toSorted().toReversed());
    expect(ids(all).toSorted()).toEqual(others);
  }
});

test('the feed has what those share whom one follows, newest first', async () => {
  const first = await publish(ann, 'For all');
  const friends = await publish(ann, 'For followers', 'followers');
  await publish(ann, 'For me', 'private');
  const closed = await publish(shy, 'For friends of the shy');
  await as(bob.email, async () => {
    await follow(ann.id);
    const rows = await fetchFollowingFeed(null, signal);
    expect(ids(rows)).toEqual([closed, friends, first]);
    expect(rows[0]).toMatchObject({ author: { handle: shy.handle }, viewer_liked: false });
    const at = rows[0]?.published_at ?? '';
    expect(ids(await fetchFollowingFeed({ at, id: closed }, signal))).toEqual([friends, first]);
    await muteMember(ann.id);
    expect(ids(await fetchFollowingFeed(null, signal))).toEqual([closed]);
    await unmuteMember(ann.id);
  });
  await as(crowd(5).email, async () => {
    const all = await readAll(async (cursor) => {
      const rows = await fetchFollowingFeed(cursor, signal);
      return { rows, next: nextCursor(rows, { column: 'published_at', size: FOLLOWING_PAGE }) };
    });
    expect(ids(all).toSorted()).toEqual(ALL.map(marathon));
  });
  await refused(fetchFollowingFeed(null, signal));
});
