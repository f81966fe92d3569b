import { describe, expect, it, vi } from 'vitest';
import { supabase } from '@/lib/supabase';
import { fakeRest } from '@/test/fake-supabase';
import { sampleVideo } from '@/test/sample-video';
import { deleteVideo, fetchVideo, fetchVideosOfAuthor } from './videos-api';

const { signal } = new AbortController();
const video = sampleVideo({ id: 'v1', video_path: 'ann/v1.mp4', thumbnail_path: 'ann/v1.webp' });

function requested(rest: ReturnType<typeof fakeRest>): URL {
  const [input] = rest.mock.calls[0] ?? [];
  return new URL(input instanceof Request ? input.url : String(input));
}

describe('fetchVideo', () => {
  it('gives null for an address without an id, and for a video one may not see', async () => {
    fakeRest({ videos: { code: '22P02', message: 'invalid input syntax for type uuid' } }, 400);
    expect(await fetchVideo('not-an-id', signal)).toBeNull();
    fakeRest({ videos: [] });
    expect(await fetchVideo('v1', signal)).toBeNull();
  });

  it('passes on what the server refuses', async () => {
    fakeRest({ videos: { code: '57014', message: 'timeout' } }, 500);
    await expect(fetchVideo('v1', signal)).rejects.toMatchObject({ code: '57014' });
  });
});

describe('fetchVideosOfAuthor', () => {
  it('seeks by the cursor, newest first', async () => {
    const rest = fakeRest({ videos: [video] });
    await fetchVideosOfAuthor('ann', { at: '2026-01-01T00:00:00Z', id: 'v0' }, signal);
    const { searchParams } = requested(rest);
    expect(searchParams.get('author_id')).toBe('eq.ann');
    expect(searchParams.get('created_at')).toBe('lte.2026-01-01T00:00:00Z');
    expect(searchParams.get('order')).toBe('created_at.desc,id.desc');
  });
});

describe('deleteVideo', () => {
  function fakeBuckets() {
    const remove = vi.fn((paths: string[]) => Promise.resolve({ data: paths, error: null }));
    const bucket = supabase.storage.from('videos');
    const from = vi
      .spyOn(supabase.storage, 'from')
      .mockReturnValue(Object.assign(bucket, { remove }));
    return { from, remove };
  }

  it('deletes the files after the row', async () => {
    const { from, remove } = fakeBuckets();
    fakeRest({ videos: [] });
    await deleteVideo(video);
    expect(from.mock.calls).toEqual([['videos'], ['thumbnails']]);
    expect(remove.mock.calls).toEqual([[['ann/v1.mp4']], [['ann/v1.webp']]]);
  });

  it('keeps the files when the row stays', async () => {
    const { remove } = fakeBuckets();
    fakeRest({ videos: { code: '42501', message: 'denied' } }, 403);
    await expect(deleteVideo(video)).rejects.toMatchObject({ code: '42501' });
    expect(remove).not.toHaveBeenCalled();
  });

  it('does not fail because a file cannot be deleted', async () => {
    fakeBuckets().remove.mockRejectedValue(new TypeError('Failed to fetch'));
    fakeRest({ videos: [] });
    await expect(deleteVideo(video)).resolves.toBeUndefined();
  });
});
