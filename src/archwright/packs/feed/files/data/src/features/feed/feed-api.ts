import { videoFields } from '@/features/videos/video-fields';
import type { Video } from '@/features/videos/videos-api';
import { supabase } from '@/lib/supabase';

export const FEED_PAGE = 10;

const rankedFields = `${videoFields}, ranked_at` as const;

export interface FeedCursor {
  /** The moment that the ranking is of, by the database's clock; null starts one. */
  snapshot: string | null;
  /** What has been shown of it: counts change while people scroll, and nothing may come twice. */
  shown: readonly string[];
}

export interface FeedPage {
  /** Null where there is nothing to rank. */
  snapshot: string | null;
  rows: Video[];
}

export async function fetchForYou(
  { snapshot, shown }: FeedCursor,
  signal: AbortSignal,
): Promise<FeedPage> {
  const moment = snapshot === null ? {} : { p_snapshot: snapshot };
  const { data } = await supabase
    .rpc('feed_for_you', { ...moment, p_shown: [...shown], p_limit: FEED_PAGE })
    .select(rankedFields)
    .abortSignal(signal)
    .throwOnError();
  return { snapshot: snapshot ?? data[0]?.ranked_at ?? null, rows: data };
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
