import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Cursor } from '@/lib/keyset';
import { clearThingHistory, fetchThingHistory, recordThingView } from './thing-views-api';

const HISTORY = ['things', 'history'] as const;

/** What one watched, latest first. */
export function useThingHistory() {
  return useInfiniteQuery({
    queryKey: HISTORY,
    queryFn: ({ pageParam, signal }) => fetchThingHistory(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (page) => page.next,
    select: (data) => ({ ...data, pages: data.pages.map((page) => page.rows) }),
  });
}

/** Empties the history. Not at once: what is gone for good should be seen to be gone. */
export function useClearThingHistory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: clearThingHistory,
    onSuccess: () => client.resetQueries({ queryKey: HISTORY }),
  });
}

/** Reports what was watched. A failure is nothing to tell people about; the next report says more. */
export function useRecordThingView() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['thing_viewers', 'record'],
    mutationFn: recordThingView,
    onSuccess: () => client.invalidateQueries({ queryKey: HISTORY, refetchType: 'none' }),
  });
}
