import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { ErrorState, LoadingState } from '@/components/query-state';
import { Badge } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import { AttributeList } from './attribute-list';
import { BuyBox } from './buy-box';
import type { ProductDetails, Variant } from './details-api';
import { Gallery } from './gallery';
import { ProductMenu } from './product-menu';
import type { Product } from './products-api';
import { Trail } from './trail';
import { useProduct, useProductDetails, useVariants } from './use-catalog';

interface ContentProps {
  product: Product;
  details: ProductDetails;
  variants: readonly Variant[];
}

function ProductContent({ product, details, variants }: ContentProps) {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${product.title} · ${t('app.name')}`}</title>
      <div className="flex items-center justify-between gap-2">
        <Trail categoryId={details.category_id} />
        <span className="flex items-center gap-2">
          {product.status !== 'active' && <Badge variant="outline">{t('catalog.notPublished')}</Badge>}
          <ProductMenu product={product} />
        </span>
      </div>
      <div className="grid gap-8 md:grid-cols-2">
        <Gallery pictures={details.product_media} />
        <BuyBox product={product} details={details} variants={variants} />
      </div>
      {details.description !== '' && (
        <section aria-labelledby="description" className="flex flex-col gap-3">
          <h2 id="description" className="text-xl font-bold">
            {t('catalog.description')}
          </h2>
          <p className="max-w-prose whitespace-pre-line">{details.description}</p>
        </section>
      )}
      <AttributeList values={details.attribute_values} />
      {/*% slot "product.details" %*/}
    </>
  );
}

/** One product, to choose from and to buy. */
export function Component() {
  const { productId = '' } = useParams();
  const product = useProduct(productId);
  const details = useProductDetails(productId);
  const variants = useVariants(productId);
  if (product.data === null) return <NotFound />;
  const failed = [product, details, variants].find(
    ({ isError, data }) => isError && data === undefined,
  );
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-8 px-4 py-6 md:px-8">
      {product.data && details.data && variants.data ? (
        <ProductContent
          key={productId}
          product={product.data}
          details={details.data}
          variants={variants.data}
        />
      ) : failed ? (
        <ErrorState
          error={failed.error}
          onRetry={() => void failed.refetch()}
          retrying={failed.isFetching}
        />
      ) : (
        <LoadingState>
          <div className="grid gap-8 md:grid-cols-2">
            <Skeleton className="aspect-square" />
            <Skeleton className="h-40" />
          </div>
        </LoadingState>
      )}
    </div>
  );
}
