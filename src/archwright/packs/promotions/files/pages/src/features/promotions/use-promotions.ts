import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import {
  addPromotion,
  deletePromotion,
  fetchPromotions,
  setPromotionActive,
  type Promotion,
  type PromotionInput,
} from './promotions-api';

export function usePromotions(storeId: string) {
  return useInfiniteQuery({
    queryKey: ['promotions', storeId],
    queryFn: ({ pageParam, signal }) => fetchPromotions(storeId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useAddPromotion(storeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: PromotionInput) => addPromotion(storeId, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['promotions', storeId] }),
  });
}

export function useSetPromotionActive() {
  return useOptimisticMutation<{ id: string; active: boolean }>({
    mutationKey: ['promotions', 'active'],
    tables: ['promotions'],
    mutationFn: ({ id, active }) => setPromotionActive(id, active),
    optimistic: (client, { id, active }) =>
      patchRow<Promotion>(client, 'promotions', id, { active }),
  });
}

export function useDeletePromotion() {
  return useOptimisticMutation<string>({
    mutationKey: ['promotions', 'delete'],
    tables: ['promotions'],
    mutationFn: deletePromotion,
    optimistic: (client, id) => removeRow(client, 'promotions', id),
  });
}
