import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { errorMessage } from '@/lib/errors';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { removeRow } from '@/lib/patch-row';
import { blockMember, fetchBlocked, unblockMember } from './blocks-api';

/** Whom an action is about. */
export interface Member {
  id: string;
  handle: string;
}

export function useBlocked() {
  return useInfiniteQuery({
    queryKey: ['blocks', 'list'],
    queryFn: ({ pageParam, signal }) => fetchBlocked(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

/** Blocks someone. Nearly everything on screen may be theirs, so all of it is asked for again. */
export function useBlock() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: Member) => blockMember(member.id),
    onSuccess: async (_data, { handle }) => {
      toast.success(t('blocks.blocked', { handle }));
      await client.invalidateQueries();
    },
    onError: (error) => toast.error(errorMessage(error, t)),
  });
}

export function useUnblock() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useOptimisticMutation<Member>({
    mutationKey: ['blocks', 'remove'],
    tables: ['blocks'],
    mutationFn: ({ id }) => unblockMember(id),
    optimistic: (cache, { id }) => removeRow(cache, 'blocks', id),
    onSuccess: (_data, { handle }) => {
      toast.success(t('blocks.unblocked', { handle }));
      void client.invalidateQueries({ refetchType: 'none' });
    },
  });
}
