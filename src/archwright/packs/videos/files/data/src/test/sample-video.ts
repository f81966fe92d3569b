import type { Video } from '@/features/videos/videos-api';

/** What a video has beyond these is for features to add: their fields are not in every app. */
const sample = {
  id: '00000000-0000-4000-8000-0000000000a1',
  author_id: '00000000-0000-4000-8000-000000000001',
  caption: 'Bread in a pan',
  video_path: '00000000-0000-4000-8000-000000000001/bread.mp4',
  thumbnail_path: null,
  duration_ms: 12_000,
  width: 720,
  height: 1280,
  status: 'ready',
  visibility: 'public',
  published_at: '2026-01-01T00:00:00Z',
  created_at: '2026-01-01T00:00:00Z',
  author: {
    id: '00000000-0000-4000-8000-000000000001',
    handle: 'ann',
    display_name: 'Ann Lee',
    avatar_path: null,
  },
};

/** A video for tests. */
export function sampleVideo(fields: Partial<Video> = {}): Video {
  return { ...(sample as unknown as Video), ...fields };
}
