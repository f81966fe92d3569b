import { useTranslation } from 'react-i18next';
import type { Product } from '@/features/catalog/products-api';
import { useCurrencyStore } from './currency-store';
import { PriceText } from './price-text';
import { pickPrice } from './prices-api';

/** What a product costs, on its card. */
export function CardPrice({ product }: { product: Product }) {
  const { t } = useTranslation();
  const { currency } = useCurrencyStore();
  const price = pickPrice(product.price_from, currency);
  if (price === null) {
    return <p className="text-sm text-muted-foreground">{t('prices.notOffered')}</p>;
  }
  return (
    <PriceText
      amount={price.amount}
      compareAt={price.compare_at}
      currency={price.currency}
      from={price.several}
    />
  );
}
