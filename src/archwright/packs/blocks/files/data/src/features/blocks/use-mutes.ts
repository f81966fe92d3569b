import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from '@/lib/errors';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { removeRow } from '@/lib/patch-row';
import { fetchIsMuted, fetchMuted, muteMember, unmuteMember } from './blocks-api';
import type { Member } from './use-blocks';

export function useMuted() {
  return useInfiniteQuery({
    queryKey: ['mutes', 'list'],
    queryFn: ({ pageParam, signal }) => fetchMuted(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useIsMuted(id: string) {
  return useQuery({
    queryKey: ['mutes', 'of', id],
    queryFn: ({ signal }) => fetchIsMuted(id, signal),
  });
}

/** Mutes someone, or ends it: feeds and news change the next time they are opened. */
export function useSetMuted() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, muted }: Member & { muted: boolean }) =>
      muted ? muteMember(id) : unmuteMember(id),
    onSuccess: async (_data, { id, handle, muted }) => {
      toast.success(t(muted ? 'blocks.muted' : 'blocks.unmuted', { handle }));
      client.setQueryData(['mutes', 'of', id], muted);
      await client.invalidateQueries({ refetchType: 'none' });
    },
    onError: (error) => toast.error(errorMessage(error, t)),
  });
}

export function useUnmute() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useOptimisticMutation<Member>({
    mutationKey: ['mutes', 'remove'],
    tables: ['mutes'],
    mutationFn: ({ id }) => unmuteMember(id),
    optimistic: (cache, { id }) => removeRow(cache, 'mutes', id),
    onSuccess: (_data, { handle }) => {
      toast.success(t('blocks.unmuted', { handle }));
      void client.invalidateQueries({ refetchType: 'none' });
    },
  });
}
