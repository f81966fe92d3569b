import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { decide, fetchLog, fetchQueue } from './moderation-api';
import { sendReport } from './reports-api';

/** The form shows what went wrong. */
export function useSendReport() {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: sendReport,
    onSuccess: () => toast.success(t('reports.sent')),
  });
}

export function useQueue() {
  return useInfiniteQuery({
    queryKey: ['reports', 'queue'],
    queryFn: ({ pageParam, signal }) => fetchQueue(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useLog() {
  return useInfiniteQuery({
    queryKey: ['moderation_actions', 'log'],
    queryFn: ({ pageParam, signal }) => fetchLog(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

/** Decides about a subject: what it is, and what was said of it, is asked for again everywhere. */
export function useDecide() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSuccess: async () => {
      toast.success(t('reports.decided'));
      await client.invalidateQueries();
    },
  });
}
