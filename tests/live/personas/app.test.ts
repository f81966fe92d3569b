import { describe, expect, test } from 'vitest';
import { fetchVideos, renameVideo } from '@/features/videos/api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';

const SUN = '00000000-0000-0000-0000-000000000001';

describe('videos', () => {
  test('nobody sees what is not hidden', async () => {
    expect((await fetchVideos()).map((video) => video.author.handle)).toEqual(['ann', 'bob']);
  });
  test('the owner sees her draft and may rename', async () => {
    await as('ann@example.com', async () => {
      expect(await fetchVideos()).toHaveLength(3);
      await renameVideo(SUN, 'Windy runs');
    });
    expect((await fetchVideos())[0]?.caption).toBe('Windy runs');
  });
  test('another member may not rename', async () => {
    await as('bob@example.com', async () => {
      await expect(renameVideo(SUN, 'mine')).rejects.toMatchObject({ code: 'PGRST116' });
    });
  });
  test('nobody may not rename', async () => {
    expect((await supabase.auth.getSession()).data.session).toBeNull();
    await expect(renameVideo(SUN, 'mine')).rejects.toMatchObject({ code: '42501' });
  });
});
