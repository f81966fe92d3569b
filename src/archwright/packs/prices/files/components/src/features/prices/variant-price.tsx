import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { Chosen } from '@/features/catalog/details-api';
import { formatMoney } from '@/features/stores/money';
import { useCurrencyStore } from './currency-store';
import { PriceText } from './price-text';
import { pickPrice } from './prices-api';
import { useCurrentPrices } from './use-prices';

/** What the chosen variant costs now, and how much less each of many. */
export function VariantPrice({ chosen }: { chosen: Chosen }) {
  const { t, i18n } = useTranslation();
  const { currency: wanted } = useCurrencyStore();
  const fallback = pickPrice(chosen.product.price_from, wanted)?.currency ?? null;
  const query = useCurrentPrices(chosen.variant.id, fallback);
  return (
    <QueryState query={query} skeleton={<Skeleton className="h-9 w-32" />}>
      {({ currency, prices: [price, ...steps] }) =>
        price === undefined ? (
          <p className="text-muted-foreground">{t('prices.notOffered')}</p>
        ) : (
          <div className="flex flex-col gap-2">
            <PriceText
              amount={price.amount}
              compareAt={price.compare_at}
              currency={currency}
              className="text-2xl"
            />
            {steps.length > 0 && (
              <ul aria-label={t('prices.steps')} className="text-sm text-muted-foreground">
                {steps.map(({ minimum_quantity: count, amount }) => (
                  <li key={count}>
                    {t('prices.fromQuantity', {
                      count,
                      price: formatMoney(amount, currency, i18n.language),
                    })}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      }
    </QueryState>
  );
}
