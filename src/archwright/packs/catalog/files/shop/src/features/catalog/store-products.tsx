import { useTranslation } from 'react-i18next';
import type { Store } from '@/features/stores/stores-api';
import { ProductGrid } from './product-grid';
import { useProductsOfStore } from './use-catalog';

/** What a store has on sale, newest first. */
export function StoreProducts({ store }: { store: Store }) {
  const { t } = useTranslation();
  return (
    <ProductGrid query={useProductsOfStore(store.id)} label={t('catalog.productsOf', { name: store.name })} />
  );
}
