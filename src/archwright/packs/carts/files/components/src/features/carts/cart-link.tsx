import { ShoppingCartIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { countThings } from './cart-lines';
import { useCart } from './use-cart';
import { useMergeCart } from './use-merge-cart';

/** Leads to the cart, and says how many things are in it. */
export function CartLink() {
  const { t } = useTranslation();
  const { data: lines = [] } = useCart();
  useMergeCart();
  const count = countThings(lines);
  return (
    <Button asChild variant="ghost" size="icon" className="relative">
      <Link to="/cart" aria-label={count > 0 ? t('carts.open', { count }) : t('carts.openEmpty')}>
        <ShoppingCartIcon aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-primary px-1 text-[0.6875rem] leading-none font-bold text-primary-foreground"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </Link>
    </Button>
  );
}
