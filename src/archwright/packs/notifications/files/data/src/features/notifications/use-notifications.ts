import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from '@/lib/errors';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { usePersonalLive } from '@/lib/live';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import {
  fetchNotifications,
  fetchUnreadCount,
  markAllRead,
  markRead,
  type NotificationEntry,
} from './notifications-api';

const UNREAD = ['notifications', 'unread'];
const EVERY = 30_000;

/** How often to ask for what is new, in milliseconds: only while it is not told; not in a hidden tab. */
function useInterval(): number | false {
  return usePersonalLive() ? false : EVERY;
}

export function useNotifications() {
  const refetchInterval = useInterval();
  return useInfiniteQuery({
    queryKey: ['notifications', 'entries'],
    queryFn: ({ pageParam, signal }) => fetchNotifications(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
    refetchOnMount: 'always', // the bell may have told of something newer
    refetchInterval,
  });
}

export function useUnreadCount() {
  const { userId } = useSession();
  const refetchInterval = useInterval();
  return useQuery({
    queryKey: UNREAD,
    enabled: userId !== null,
    queryFn: ({ signal }) => fetchUnreadCount(signal),
    refetchInterval,
    refetchOnWindowFocus: true,
  });
}

export function useMarkRead() {
  const client = useQueryClient();
  return useOptimisticMutation<NotificationEntry>({
    mutationKey: ['notifications', 'read'],
    tables: ['notifications'],
    mutationFn: markRead,
    optimistic: (cache, { id }) =>
      patchRow<NotificationEntry>(cache, 'notifications', id, { is_unread: false }),
    onSuccess: () => void client.invalidateQueries({ queryKey: UNREAD }),
  });
}

export function useMarkAllRead() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: markAllRead,
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
    onError: (error) => toast.error(errorMessage(error, t)),
  });
}
