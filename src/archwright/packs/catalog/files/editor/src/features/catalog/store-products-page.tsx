import { PackageIcon, PlusIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { Button } from '@/components/ui/button';
import { SellerPage } from '@/features/stores/seller-page';
import type { OwnStore } from '@/features/stores/stores-api';
import { ProductPicture } from './product-picture';
import { StatusBadge } from './status-badge';
import { useOwnProducts } from './use-catalog';
import { writesCatalog } from './writers';

function OwnProducts({ own }: { own: OwnStore }) {
  const { t } = useTranslation();
  const products = useOwnProducts(own.store.id);
  const writes = writesCatalog(own.role);
  return (
    <>
      {writes && (
        <Button asChild className="self-start">
          <Link to={`/sell/${own.store.id}/products/new`}>
            <PlusIcon aria-hidden="true" />
            {t('catalog.newProduct')}
          </Link>
        </Button>
      )}
      <InfiniteList
        query={products}
        label={t('catalog.products')}
        empty={{ icon: PackageIcon, title: t('catalog.noProducts'), text: t('catalog.noProductsText') }}
        getKey={(product) => product.id}
        className="divide-y"
      >
        {(product) => (
          <Link
            to={writes ? `/sell/${own.store.id}/products/${product.id}` : `/p/${product.id}`}
            className="flex items-center gap-4 rounded-lg py-3 hover:underline focus-visible:outline-2 focus-visible:outline-offset-2"
          >
            <ProductPicture picture={product.product_media[0]} decorative className="w-14 shrink-0" />
            <span className="min-w-0 flex-1 font-semibold break-words">{product.title}</span>
            <StatusBadge status={product.status} />
          </Link>
        )}
      </InfiniteList>
    </>
  );
}

/** What a store has, published or not, for its team. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('catalog.products')}>{(own) => <OwnProducts own={own} />}</SellerPage>
  );
}
