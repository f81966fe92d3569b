import { ShoppingCartIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { priceChange } from './cart-lines';
import { CartRow } from './cart-row';
import { CartSummary } from './cart-summary';
import type { CartLine } from './carts-api';
import { useAcceptPrices, useCart } from './use-cart';

function PricesChanged({ lines }: { lines: readonly CartLine[] }) {
  const { t } = useTranslation();
  const accept = useAcceptPrices();
  if (lines.every((line) => priceChange(line) === null)) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-3 rounded-xl bg-muted px-4 py-2"
    >
      <p className="text-sm font-medium">{t('carts.pricesChanged')}</p>
      <Button variant="outline" size="sm" onClick={() => accept(lines)}>
        {t('carts.accept')}
      </Button>
    </div>
  );
}

/** What somebody is about to buy. */
export function Component() {
  const { t } = useTranslation();
  const cart = useCart();
  return (
    <Page title={t('carts.title')} width="wide">
      <QueryState
        query={cart}
        empty={{
          icon: ShoppingCartIcon,
          title: t('carts.emptyTitle'),
          text: t('carts.emptyText'),
          action: (
            <Button asChild>
              <Link to="/">{t('carts.browse')}</Link>
            </Button>
          ),
        }}
      >
        {(lines) => (
          <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
            <div className="flex min-w-0 flex-col gap-3">
              <PricesChanged lines={lines} />
              <ul aria-label={t('carts.list')} className="divide-y">
                {lines.map((line) => (
                  <li key={line.id}>
                    <CartRow line={line} />
                  </li>
                ))}
              </ul>
            </div>
            <CartSummary lines={lines} />
          </div>
        )}
      </QueryState>
    </Page>
  );
}
