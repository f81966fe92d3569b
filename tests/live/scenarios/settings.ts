// @vitest-environment happy-dom
import { beforeAll, expect, test } from 'vitest';
import { signIn } from '@/features/auth/auth-api';
import { addVideoComment } from '@/features/comments/video-comments-api';
import { follow } from '@/features/follows/follows-api';
import { likeVideo } from '@/features/likes/video-likes-api';
import { changeAvatar } from '@/features/profiles/avatar-api';
import { fetchProfile, fetchProfileById } from '@/features/profiles/profiles-api';
import { changeEmail, deleteAccount, exportData } from '@/features/settings/settings-api';
import { fetchVideo } from '@/features/videos/videos-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { join, letters, open, PASSWORD, publish, refused, signal, type Member } from './world';

interface Export {
  account: { id: string; email: string };
  files: { bucket: string; path: string }[];
  tables: Record<string, Record<string, unknown>[]>;
}

let ann: Member;
let bob: Member;

beforeAll(async () => {
  ann = await join('settings.ann');
  bob = await join('settings.bob');
});

/** Follows the letters to the old and the new address. */
async function confirmChange(...addresses: string[]): Promise<void> {
  for (const address of addresses) await open((await letters(address)).at(-1));
}

test('another address signs in instead, unless somebody has it', async () => {
  const fresh = { email: 'settings.new@example.com', password: PASSWORD };
  await as(ann.email, async () => {
    await refused(changeEmail(bob.email), 'email_exists');
    await changeEmail(fresh.email);
    await confirmChange(ann.email, fresh.email);
  });
  await refused(signIn({ ...fresh, email: ann.email }), 'invalid_credentials');
  await signIn(fresh);
  await changeEmail(ann.email);
  await confirmChange(fresh.email, ann.email);
  await supabase.auth.signOut({ scope: 'local' });
  await expect(changeEmail(fresh.email)).rejects.toThrow('Auth session missing');
});

test('signing out everywhere ends the sessions of other browsers', async () => {
  await signIn({ email: bob.email, password: PASSWORD });
  const elsewhere = (await supabase.auth.getSession()).data.session?.refresh_token ?? '';
  await signIn({ email: bob.email, password: PASSWORD });
  await supabase.auth.signOut({ scope: 'global' });
  expect((await supabase.auth.getSession()).data.session).toBeNull();
  const { error } = await supabase.auth.refreshSession({ refresh_token: elsewhere });
  expect(error).toMatchObject({ code: 'refresh_token_not_found' });
});

test('the export has all of one’s own and nothing of others', async () => {
  const video = await publish(ann, 'To be exported');
  const other = await publish(bob, 'Not to be exported', 'private');
  await as(bob.email, async () => {
    await follow(ann.id);
    await likeVideo(video);
    await addVideoComment({ video_id: video, parent_id: null, body: 'By Bob' });
  });
  await as(ann.email, async () => {
    await likeVideo(video);
    const copy = (await exportData()) as unknown as Export;
    expect(copy.account).toMatchObject({ id: ann.id, email: ann.email });
    expect(copy.files.map((file) => file.bucket).toSorted()).toEqual(['thumbnails', 'videos']);
    const { profiles, videos, video_likes: likes, follows } = copy.tables;
    expect(profiles).toMatchObject([{ id: ann.id, handle: ann.handle }]);
    expect(videos).toMatchObject([{ id: video, caption: 'To be exported', like_count: 2 }]);
    expect(likes).toMatchObject([{ user_id: ann.id }]);
    expect(follows).toMatchObject([{ follower_id: bob.id, followee_id: ann.id }]);
    const text = JSON.stringify(copy);
    for (const secret of ['encrypted_password', other, 'By Bob', bob.email]) {
      expect(text).not.toContain(secret);
    }
  });
  await refused(exportData());
});

test('a deleted account takes everything along, its files first', async () => {
  const video = await publish(bob, 'To go');
  const annVideo = await publish(ann, 'To stay');
  await as(bob.email, async () => {
    await likeVideo(annVideo);
    const file = new File(['pixels'], 'me.png', { type: 'image/png' });
    await changeAvatar({ userId: bob.id, file, oldPath: null });
    await refused(supabase.rpc('delete_account').throwOnError(), 'P0001');
    await deleteAccount();
  });
  await refused(signIn({ email: bob.email, password: PASSWORD }), 'invalid_credentials');
  expect(await fetchProfile(bob.handle, signal)).toBeNull();
  expect(await fetchVideo(video, signal)).toBeNull();
  expect(await fetchVideo(annVideo, signal)).toMatchObject({ like_count: 0 });
  expect(await fetchProfileById(ann.id, signal)).toMatchObject({ follower_count: 0 });
});

test('a guest has no account to end', async () => {
  await refused(deleteAccount());
});
