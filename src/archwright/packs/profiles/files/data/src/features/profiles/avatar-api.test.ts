import { describe, expect, it, vi } from 'vitest';
import { supabase } from '@/lib/supabase';
import { fakeRest } from '@/test/fake-supabase';
import { AVATAR_BYTES, avatarProblem, avatarUrl, changeAvatar } from './avatar-api';

function fakeBucket() {
  const remove = vi.fn((paths: string[]) => Promise.resolve({ data: paths, error: null }));
  const bucket = supabase.storage.from('avatars');
  vi.spyOn(supabase.storage, 'from').mockReturnValue(Object.assign(bucket, { remove }));
  return remove;
}

const picture = (size: number, type: string) =>
  new File([new Uint8Array(size)], 'me.png', { type });

describe('changeAvatar', () => {
  it('deletes the old file after the profile has let go of it', async () => {
    const remove = fakeBucket();
    const rest = fakeRest({ profiles: [] });
    expect(await changeAvatar({ userId: 'ann', file: null, oldPath: 'ann/old.png' })).toBeNull();
    expect(rest.mock.calls[0]?.[1]).toMatchObject({ body: '{"avatar_path":null}' });
    expect(remove).toHaveBeenCalledWith(['ann/old.png']);
  });

  it('keeps the old file when the profile cannot be saved', async () => {
    const remove = fakeBucket();
    fakeRest({ profiles: { code: '42501', message: 'denied' } }, 403);
    const change = changeAvatar({ userId: 'ann', file: null, oldPath: 'ann/old.png' });
    await expect(change).rejects.toMatchObject({ code: '42501' });
    expect(remove).not.toHaveBeenCalled();
  });

  it('does not fail because an old file cannot be deleted', async () => {
    fakeBucket().mockRejectedValue(new TypeError('Failed to fetch'));
    fakeRest({ profiles: [] });
    await expect(
      changeAvatar({ userId: 'ann', file: null, oldPath: 'ann/old.png' }),
    ).resolves.toBeNull();
  });
});

describe('avatarProblem', () => {
  it('refuses what the bucket would refuse', () => {
    expect(avatarProblem(picture(10, 'image/png'))).toBeNull();
    expect(avatarProblem(picture(10, 'image/gif'))).toEqual({ status: 415 });
    expect(avatarProblem(picture(AVATAR_BYTES + 1, 'image/png'))).toEqual({ status: 413 });
  });
});

describe('avatarUrl', () => {
  it('is the public address of the file', () => {
    expect(avatarUrl(null)).toBeNull();
    expect(avatarUrl('ann/me.png')).toMatch(/\/storage\/v1\/object\/public\/avatars\/ann\/me\.png$/);
  });
});
