import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from '@/lib/session';
import { recordProductView } from './product-views-api';
import { VIEWED } from './use-product-views';

/** Remembers for a member that they look at a product. If that fails, nobody is bothered by it. */
export function ProductViewTracker({ productId }: { productId: string }) {
  const client = useQueryClient();
  const { userId } = useSession();
  useEffect(() => {
    if (userId === null) return;
    recordProductView(productId).then(
      () => client.invalidateQueries({ queryKey: VIEWED }),
      () => undefined,
    );
  }, [client, productId, userId]);
  return null;
}
