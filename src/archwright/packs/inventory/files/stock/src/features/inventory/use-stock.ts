import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import {
  addPlace,
  changeStock,
  fetchMovements,
  fetchPlaces,
  fetchStock,
  setPlaceActive,
  type Place,
} from './stock-api';

export function useStock(storeId: string) {
  return useInfiniteQuery({
    queryKey: ['stock_levels', 'store', storeId],
    queryFn: ({ pageParam, signal }) => fetchStock(storeId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useMovements(storeId: string) {
  return useInfiniteQuery({
    queryKey: ['stock_movements', storeId],
    queryFn: ({ pageParam, signal }) => fetchMovements(storeId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function usePlaces(storeId: string) {
  return useQuery({
    queryKey: ['stock_locations', storeId],
    queryFn: ({ signal }) => fetchPlaces(storeId, signal),
  });
}

export function useAddPlace(storeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (place: { name: string; country: string }) => addPlace(storeId, place),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stock_locations'] }),
  });
}

export function useSetPlaceActive() {
  return useOptimisticMutation<{ id: string; active: boolean }>({
    mutationKey: ['stock_locations', 'active'],
    tables: ['stock_locations'],
    mutationFn: ({ id, active }) => setPlaceActive(id, active),
    optimistic: (client, { id, active }) =>
      patchRow<Place>(client, 'stock_locations', id, { active }),
  });
}

/** What comes, goes or was counted wrong; the database says what is possible. */
export function useChangeStock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeStock,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['stock_levels'] });
      await client.invalidateQueries({ queryKey: ['stock_movements'] });
    },
  });
}
