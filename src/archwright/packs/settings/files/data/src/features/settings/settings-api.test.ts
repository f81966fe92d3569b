import { beforeEach, describe, expect, it, vi } from 'vitest';
import { supabase } from '@/lib/supabase';
import { downloadJson } from './download';
import { deleteAccount } from './settings-api';

describe('deleteAccount', () => {
  const done: string[] = [];
  let allowed = true;
  let left: { bucket: string; path: string }[] = [];
  const remove = vi.fn<(paths: string[]) => Promise<{ data: []; error: Error | null }>>();
  const files = Array.from({ length: 101 }, (_, index) => ({
    bucket: 'videos',
    path: `ann/${index}.mp4`,
  }));

  beforeEach(() => {
    done.length = 0;
    allowed = true;
    left = [...files, { bucket: 'avatars', path: 'ann/me.png' }];
    remove.mockImplementation((paths) => {
      done.push(`${paths.length} files`);
      left = left.filter((file) => !paths.includes(file.path));
      return Promise.resolve({ data: [], error: null });
    });
    vi.spyOn(supabase.storage, 'from').mockImplementation((bucket) => {
      done.push(bucket);
      return Object.assign(Object.create(null) as ReturnType<typeof supabase.storage.from>, {
        remove,
      });
    });
    vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      const name = url.pathname.split('/').at(-1) ?? '';
      done.push(name);
      const answers: Record<string, unknown> = { my_files: left, may_delete_account: allowed };
      return Promise.resolve(Response.json(answers[name] ?? null));
    });
  });

  it('deletes the files by bucket, in portions, and the account last', async () => {
    await deleteAccount();
    const portions = ['videos', '100 files', 'videos', '1 files', 'avatars', '1 files'];
    expect(done).toEqual([
      'may_delete_account',
      'my_files',
      ...portions,
      'my_files',
      'delete_account',
    ]);
  });

  it('touches nothing of the last administrator', async () => {
    allowed = false;
    await expect(deleteAccount()).rejects.toThrow('last_administrator');
    expect(done).toEqual(['may_delete_account']);
  });

  it('does not ask for ever for a file that stays', async () => {
    remove.mockResolvedValue({ data: [], error: null });
    await deleteAccount();
    expect(done.filter((step) => step === 'my_files')).toHaveLength(2);
  });

  it('keeps the account while a file cannot be deleted', async () => {
    remove.mockResolvedValue({ data: [], error: new Error('storage is down') });
    await expect(deleteAccount()).rejects.toThrow('storage is down');
    expect(done).not.toContain('delete_account');
  });
});

describe('downloadJson', () => {
  it('saves a readable file under its name', async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) blobs.push(blob);
      return 'blob:data';
    });
    const revoked = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    downloadJson('my-data.json', { tables: { profiles: [] } });
    expect(names).toEqual(['my-data.json']);
    expect(await blobs[0]?.text()).toBe('{\n  "tables": {\n    "profiles": []\n  }\n}');
    expect(revoked).toHaveBeenCalledWith('blob:data');
  });
});
