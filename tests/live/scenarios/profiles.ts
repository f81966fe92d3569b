// @vitest-environment happy-dom
import { beforeAll, expect, test } from 'vitest';
import { follow } from '@/features/follows/follows-api';
import {
  AVATAR_BYTES,
  avatarProblem,
  avatarUrl,
  changeAvatar,
} from '@/features/profiles/avatar-api';
import {
  fetchProfile,
  fetchProfileById,
  isHandleFree,
  updateProfile,
} from '@/features/profiles/profiles-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { join, refused, signal, type Member } from './world';

let ann: Member;
let bob: Member;
const picture = (name = 'me.png', type = 'image/png') => new File(['pixels'], name, { type });

beforeAll(async () => {
  ann = await join('profiles.ann');
  bob = await join('profiles.bob');
});

test('everyone finds a profile by its handle in any case, and by id', async () => {
  const found = await fetchProfile('Profiles.ANN', signal);
  expect(found).toMatchObject({ id: ann.id, handle: ann.handle, is_private: false });
  expect(found).toMatchObject({ viewer_may_see: true, viewer_follows: false, follower_count: 0 });
  expect(await fetchProfileById(ann.id, signal)).toEqual(found);
  expect(await fetchProfile('profiles.nobody', signal)).toBeNull();
});

test('a member changes her own profile and nobody else does', async () => {
  await as(ann.email, async () => {
    const changed = await updateProfile(ann.id, { display_name: 'Ann A', bio: 'Hello' });
    expect(changed).toMatchObject({ display_name: 'Ann A', bio: 'Hello', handle: ann.handle });
    await refused(updateProfile(ann.id, { handle: bob.handle }), '23505');
    await refused(updateProfile(ann.id, { handle: 'No Spaces' }), '23514');
    await refused(updateProfile(ann.id, { display_name: '   ' }), '23514');
    await refused(updateProfile(ann.id, { follower_count: 99 } as never));
  });
  await as(bob.email, () => refused(updateProfile(ann.id, { bio: 'mine' }), 'PGRST116'));
  await refused(updateProfile(ann.id, { bio: 'mine' }));
  expect(await fetchProfileById(ann.id, signal)).toMatchObject({ bio: 'Hello' });
});

test('whether a handle is free', async () => {
  await as(ann.email, async () => {
    expect(await isHandleFree(bob.handle, signal)).toBe(false);
    expect(await isHandleFree('profiles.free', signal)).toBe(true);
  });
});

test('a private profile is shown, what it publishes is not', async () => {
  await as(bob.email, () => updateProfile(bob.id, { is_private: true }));
  expect(await fetchProfile(bob.handle, signal)).toMatchObject({ viewer_may_see: false });
  await as(ann.email, async () => {
    await follow(bob.id);
    const seen = await fetchProfile(bob.handle, signal);
    expect(seen).toMatchObject({ viewer_may_see: false, viewer_requested: true });
  });
  await as(bob.email, async () => {
    expect(await fetchProfile(bob.handle, signal)).toMatchObject({ viewer_may_see: true });
  });
});

test('an avatar is uploaded, shown to everyone, replaced and taken away', async () => {
  expect(avatarUrl(null)).toBeNull();
  await as(ann.email, async () => {
    const told: number[] = [];
    const onProgress = (fraction: number) => told.push(fraction);
    const change = { userId: ann.id, file: picture(), oldPath: null, onProgress };
    const first = (await changeAvatar(change)) ?? '';
    expect(first.startsWith(`${ann.id}/`)).toBe(true);
    expect(await fetchProfileById(ann.id, signal)).toMatchObject({ avatar_path: first });
    const shown = await fetch(avatarUrl(first) ?? '');
    expect([shown.status, await shown.text()]).toEqual([200, 'pixels']);

    const second = await changeAvatar({ userId: ann.id, file: picture(), oldPath: first });
    expect((await fetch(`${avatarUrl(first)}?past-the-cache`)).ok).toBe(false);
    expect(await changeAvatar({ userId: ann.id, file: null, oldPath: second })).toBeNull();
    expect(await fetchProfileById(ann.id, signal)).toMatchObject({ avatar_path: null });
    const { data: left } = await supabase.rpc('my_files').throwOnError();
    expect(left).toEqual([]);
  });
});

test('nobody writes an avatar into another folder, and only pictures are taken', async () => {
  const stolen = { userId: ann.id, file: picture(), oldPath: null };
  await as(bob.email, async () => {
    await expect(changeAvatar(stolen)).rejects.toMatchObject({ name: 'UploadError' });
    const text = picture('me.html', 'text/html');
    expect(avatarProblem(text)).toEqual({ status: 415 });
    const wrong = { userId: bob.id, file: text, oldPath: null };
    await expect(changeAvatar(wrong)).rejects.toMatchObject({ status: 415 });
  });
  await expect(changeAvatar(stolen)).rejects.toMatchObject({ name: 'UploadError' });
  const large = new File(['x'.repeat(AVATAR_BYTES + 1)], 'large.png', { type: 'image/png' });
  expect([avatarProblem(large), avatarProblem(picture())]).toEqual([{ status: 413 }, null]);
});
