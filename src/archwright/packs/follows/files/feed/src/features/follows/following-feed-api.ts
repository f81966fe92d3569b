import { videoFields } from '@/features/videos/video-fields';
import type { Video } from '@/features/videos/videos-api';
import type { Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

export const FOLLOWING_PAGE = 10;

/** One page of what those share whom one follows, newest first. */
export async function fetchFollowingFeed(
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Video[]> {
  const start = cursor && { p_before: cursor.at, p_before_id: cursor.id };
  const { data } = await supabase
    .rpc('feed_following', { ...start, p_limit: FOLLOWING_PAGE })
    .select(videoFields)
    .abortSignal(signal)
    .throwOnError();
  return data;
}
