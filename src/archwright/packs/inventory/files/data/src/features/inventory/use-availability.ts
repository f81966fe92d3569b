import { useQuery } from '@tanstack/react-query';
import { fetchAvailability } from './availability-api';

/** How much there is of a variant, as far as the public may know; nothing is asked for null. */
export function useAvailability(variantId: string | null) {
  return useQuery({
    queryKey: ['stock_levels', 'availability', variantId],
    queryFn: ({ signal }) => (variantId === null ? null : fetchAvailability(variantId, signal)),
    enabled: variantId !== null,
  });
}
