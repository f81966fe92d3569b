import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { PackageSearchIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import type { EmptyStateProps } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ProductCard } from './product-card';
import type { Product } from './products-api';

const gridClasses = 'grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 lg:grid-cols-4';

interface ProductGridProps {
  /** A query whose pages are lists of products. */
  query: UseInfiniteQueryResult<InfiniteData<readonly Product[]>>;
  /** Names the list for screen readers. */
  label: string;
  empty?: EmptyStateProps;
}

/** Products as pictures with their price, each leading to its page. */
export function ProductGrid({ query, label, empty }: ProductGridProps) {
  const { t } = useTranslation();
  return (
    <InfiniteList
      query={query}
      label={label}
      empty={empty ?? { icon: PackageSearchIcon, title: t('catalog.none') }}
      getKey={(product) => product.id}
      className={gridClasses}
      skeleton={
        <div className={gridClasses}>
          <Skeleton className="aspect-square" />
          <Skeleton className="aspect-square" />
          <Skeleton className="aspect-square" />
          <Skeleton className="aspect-square" />
        </div>
      }
    >
      {(product) => <ProductCard product={product} />}
    </InfiniteList>
  );
}
