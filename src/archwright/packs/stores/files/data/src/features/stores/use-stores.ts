import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import {
  changeStoreStatus,
  fetchOwnStore,
  fetchOwnStores,
  fetchStore,
  fetchStores,
  updateStore,
  type Store,
  type StoreChanges,
  type StoreStatus,
} from './stores-api';

export function useStore(slug: string) {
  return useQuery({
    queryKey: ['stores', 'slug', slug],
    queryFn: ({ signal }) => fetchStore(slug, signal),
  });
}

/** The stores in which the viewer works: none for visitors. */
export function useOwnStores() {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['stores', 'own'],
    queryFn: ({ signal }) => (userId === null ? [] : fetchOwnStores(userId, signal)),
    enabled: userId !== null,
  });
}

export function useOwnStore(storeId: string) {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['stores', 'own', storeId],
    queryFn: ({ signal }) => (userId === null ? null : fetchOwnStore(userId, storeId, signal)),
    enabled: userId !== null,
  });
}

export function useStores() {
  return useInfiniteQuery({
    queryKey: ['stores', 'all'],
    queryFn: ({ pageParam, signal }) => fetchStores(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useUpdateStore(storeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: StoreChanges) => updateStore(storeId, changes),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stores'] }),
  });
}

export function useChangeStoreStatus() {
  return useOptimisticMutation<{ id: string; status: StoreStatus }>({
    mutationKey: ['stores', 'status'],
    tables: ['stores'],
    refetch: true,
    mutationFn: ({ id, status }) => changeStoreStatus(id, status),
    optimistic: (client, { id, status }) => patchRow<Store>(client, 'stores', id, { status }),
  });
}
