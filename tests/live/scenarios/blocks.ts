import { beforeAll, expect, test } from 'vitest';
import {
  blockMember,
  fetchBlocked,
  fetchIsMuted,
  fetchMuted,
  muteMember,
  unblockMember,
  unmuteMember,
} from '@/features/blocks/blocks-api';
import { addVideoComment, fetchVideoComments } from '@/features/comments/video-comments-api';
import { likeVideo } from '@/features/likes/video-likes-api';
import { fetchProfile } from '@/features/profiles/profiles-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { nextCursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { ALL, crowd, ids, join, MODERATOR, publish, readAll, refused, signal } from './world';
import type { Member } from './world';

let ann: Member;
let foe: Member;
let video: string;
let theirs: string;

beforeAll(async () => {
  ann = await join('blocks.ann');
  foe = await join('blocks.foe');
  video = await publish(ann, 'By Ann');
  theirs = await publish(foe, 'By the other');
  await as(foe.email, () => addVideoComment({ video_id: video, parent_id: null, body: 'Boo' }));
});

test('a block hides each from the other, profile, videos and comments', async () => {
  await as(ann.email, async () => {
    expect(await fetchVideoComments(video, null, signal)).toHaveLength(1);
    await blockMember(foe.id);
    await blockMember(foe.id);
    expect(await fetchProfile(foe.handle, signal)).toBeNull();
    expect(await fetchVideo(theirs, signal)).toBeNull();
    expect(await fetchVideoComments(video, null, signal)).toEqual([]);
    expect(await fetchBlocked(null, signal)).toMatchObject([
      { id: foe.id, handle: foe.handle, display_name: foe.handle, avatar_path: null },
    ]);
    await refused(blockMember(ann.id), '23514');
  });
  await as(foe.email, async () => {
    expect(await fetchProfile(ann.handle, signal)).toBeNull();
    expect(await fetchVideo(video, signal)).toBeNull();
    expect(await fetchBlocked(null, signal)).toEqual([]);
    await refused(likeVideo(video));
    await refused(addVideoComment({ video_id: video, parent_id: null, body: 'Boo again' }));
    await unblockMember(ann.id);
    expect(await fetchVideo(video, signal)).toBeNull();
  });
});

test('others, guests and moderators go on seeing both', async () => {
  expect(await fetchVideo(video, signal)).toMatchObject({ comment_count: 1 });
  for (const other of [crowd(9), MODERATOR]) {
    await as(other.email, async () => {
      expect(await fetchVideoComments(video, null, signal)).toHaveLength(1);
      expect(await fetchProfile(foe.handle, signal)).not.toBeNull();
    });
  }
});

test('whoever blocked takes it back', async () => {
  await as(ann.email, async () => {
    await unblockMember(foe.id);
    expect(await fetchBlocked(null, signal)).toEqual([]);
    expect(await fetchVideo(theirs, signal)).not.toBeNull();
  });
  await as(foe.email, async () => expect(await fetchVideo(video, signal)).not.toBeNull());
});

test('a mute is known to its author only and hides nothing', async () => {
  await as(ann.email, async () => {
    expect(await fetchIsMuted(foe.id, signal)).toBe(false);
    await muteMember(foe.id);
    await muteMember(foe.id);
    expect(await fetchIsMuted(foe.id, signal)).toBe(true);
    expect(await fetchMuted(null, signal)).toMatchObject([{ id: foe.id, handle: foe.handle }]);
    expect(await fetchVideo(theirs, signal)).not.toBeNull();
    await refused(muteMember(ann.id), '23514');
  });
  await as(foe.email, async () => {
    expect(await fetchIsMuted(foe.id, signal)).toBe(false);
    expect(await fetchMuted(null, signal)).toEqual([]);
    await unmuteMember(foe.id);
  });
  await as(ann.email, async () => {
    expect(await fetchIsMuted(foe.id, signal)).toBe(true);
    await unmuteMember(foe.id);
    expect(await fetchIsMuted(foe.id, signal)).toBe(false);
  });
});

test('long lists come page by page, none twice', async () => {
  const hermit = await join('blocks.hermit');
  const everyone = ALL.map((n) => crowd(n).id);
  await as(hermit.email, async () => {
    await supabase
      .from('mutes')
      .insert(everyone.map((muted_id) => ({ muted_id })))
      .throwOnError();
    const blocks = everyone.map((blocked_id) => ({ blocked_id }));
    await supabase.from('blocks').insert(blocks).throwOnError();
    const blocked = await readAll(async (cursor) => {
      const rows = await fetchBlocked(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    expect(ids(blocked)).toEqual(everyone.toReversed());
    await supabase.from('blocks').delete().in('blocked_id', everyone).throwOnError();
    const muted = await readAll(async (cursor) => {
      const rows = await fetchMuted(cursor, signal);
      return { rows, next: nextCursor(rows) };
    });
    expect(ids(muted)).toEqual(everyone.toReversed());
  });
});

test('a guest keeps nobody away', async () => {
  await refused(blockMember(ann.id));
  await refused(unblockMember(ann.id));
  await refused(muteMember(ann.id));
  await refused(unmuteMember(ann.id));
  await refused(fetchIsMuted(ann.id, signal));
  await refused(fetchBlocked(null, signal));
  await refused(fetchMuted(null, signal));
});
