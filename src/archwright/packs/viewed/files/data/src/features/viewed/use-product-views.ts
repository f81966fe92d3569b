import { useQuery, type QueryClient } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { removeRow, type Undo } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import {
  clearProductViews,
  fetchViewedProducts,
  fetchViewsKept,
  keepProductViews,
} from './product-views-api';

export const VIEWED = ['product_views', 'latest'] as const;
const KEPT = ['product_view_settings', 'keep'] as const;

export function useViewedProducts() {
  const { userId } = useSession();
  return useQuery({
    queryKey: VIEWED,
    enabled: userId !== null,
    queryFn: ({ signal }) => fetchViewedProducts(signal),
  });
}

export function useViewsKept() {
  return useQuery({ queryKey: KEPT, queryFn: ({ signal }) => fetchViewsKept(signal) });
}

/** Puts a value into the cache at once; the returned function puts back what was there. */
function replace(client: QueryClient, key: readonly string[], value: unknown): Undo {
  const before = client.getQueryData(key);
  client.setQueryData(key, value);
  return () => client.setQueryData(key, before);
}

/** Forgets one product, or with null all of them, at once. */
export function useClearProductViews() {
  return useOptimisticMutation<string | null>({
    mutationKey: ['product_views', 'clear'],
    tables: ['product_views'],
    mutationFn: clearProductViews,
    optimistic: (client, id) =>
      id === null ? replace(client, VIEWED, []) : removeRow(client, 'product_views', id),
  });
}

/** Switches remembering on or off, at once. */
export function useKeepProductViews() {
  return useOptimisticMutation<boolean>({
    mutationKey: ['product_view_settings', 'keep'],
    tables: ['product_view_settings', 'product_views'],
    mutationFn: keepProductViews,
    optimistic: (client, keep) => {
      const kept = replace(client, KEPT, keep);
      return keep ? kept : [kept, replace(client, VIEWED, [])];
    },
  });
}
