import { useInfiniteQuery } from '@tanstack/react-query';
import type { Enums } from '@/lib/database.types';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** What moderators decided about the member, or about something of theirs. */
export interface OwnDecision {
  id: string;
  action: Enums<'moderation_action'>;
  subject_kind: string;
  subject_id: string;
  reason: Enums<'report_reason'> | null;
  suspended_until: string | null;
  created_at: string;
}

async function fetchOwnDecisions(cursor: Cursor | null, signal: AbortSignal) {
  const { data } = await supabase
    .rpc('decisions_about_me', cursor ? { p_before: cursor.at, p_before_id: cursor.id } : {})
    .abortSignal(signal)
    .throwOnError();
  return data.map((row): OwnDecision => row);
}

export function useOwnDecisions() {
  return useInfiniteQuery({
    queryKey: ['moderation_actions', 'own'],
    queryFn: ({ pageParam, signal }) => fetchOwnDecisions(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}
