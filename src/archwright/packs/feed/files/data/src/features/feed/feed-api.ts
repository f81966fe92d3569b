import { videoFields } from '@/features/videos/video-fields';
import type { Video } from '@/features/videos/videos-api';
import { supabase } from '@/lib/supabase';

export const FEED_PAGE = 10;

export interface FeedCursor {
  /** The moment that the ranking is of; null starts one. */
  snapshot: string | null;
  /** What has been shown of it: counts change while people scroll, and nothing may come twice. */
  shown: readonly string[];
}

export interface FeedPage {
  snapshot: string;
  rows: Video[];
}

export async function fetchForYou(cursor: FeedCursor, signal: AbortSignal): Promise<FeedPage> {
  const snapshot = cursor.snapshot ?? new Date().toISOString();
  const { data } = await supabase
    .rpc('feed_for_you', { p_snapshot: snapshot, p_shown: [...cursor.shown], p_limit: FEED_PAGE })
    .select(videoFields)
    .abortSignal(signal)
    .throwOnError();
  return { snapshot, rows: data };
}

/** Where the ranking goes on; null after its last page. */
export function cursorAfter(pages: readonly FeedPage[]): FeedCursor | null {
  const last = pages.at(-1);
  if (!last || last.rows.length < FEED_PAGE) return null;
  return {
    snapshot: last.snapshot,
    shown: pages.flatMap(({ rows }) => rows.map((video) => video.id)),
  };
}
