import { ShoppingCartIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { useAvailability } from '@/features/inventory/use-availability';
import { MOST } from './cart-lines';
import { useCart, useSetCartLine } from './use-cart';

/** Puts one more of the chosen variant into the cart; nothing is chosen while it is null. */
export function AddToCart({ variant }: { variant: { id: string } | null }) {
  const { t } = useTranslation();
  const cart = useCart();
  const { setLine, isPending } = useSetCartLine();
  const availability = useAvailability(variant?.id ?? null);
  const line = cart.data?.find((kept) => kept.id === variant?.id);
  const inCart = line?.quantity ?? 0;
  const most = availability.data?.left_count ?? MOST;
  const add = (variantId: string) =>
    setLine(
      { variantId, quantity: inCart + 1, seenAmount: line?.seen_amount ?? null },
      () => toast.success(t('carts.added')),
    );
  const full = availability.data?.in_stock === false || inCart >= most;
  return (
    <div className="flex flex-col gap-2">
      <Button
        size="lg"
        disabled={variant === null || cart.isPending || full}
        pending={isPending}
        onClick={() => variant && add(variant.id)}
      >
        <ShoppingCartIcon aria-hidden="true" />
        {t('carts.add')}
      </Button>
      {inCart > 0 && (
        <p role="status" className="text-sm text-muted-foreground">
          {t('carts.inCart', { count: inCart })}
        </p>
      )}
    </div>
  );
}
