import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { toast } from 'sonner';
import { EmptyState, ErrorState, LoadingState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { SellerPage } from '@/features/stores/seller-page';
import type { ProductDetails, Variant } from './details-api';
import { PicturesSection } from './pictures-section';
import { ProductForm } from './product-form';
import type { Product } from './products-api';
import { PublishSection } from './publish-section';
import { useProduct, useProductDetails, useVariants } from './use-catalog';
import { useUpdateProduct } from './use-editor';
import { VariantsSection } from './variants-section';
import { catalogWriters } from './writers';

interface EditorProps {
  product: Product;
  details: ProductDetails;
  variants: readonly Variant[];
}

function Editor({ product, details, variants }: EditorProps) {
  const { t } = useTranslation();
  const update = useUpdateProduct(product.id);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <h2 className="text-xl font-bold break-words">{product.title}</h2>
      <PublishSection product={product} />
      <SectionCard id="what" title={t('catalog.what')} text={t('catalog.whatText')}>
        <ProductForm
          values={{
            title: product.title,
            description: details.description,
            categoryId: details.category_id,
            brand: product.brand?.name ?? '',
          }}
          saveLabel={t('catalog.save')}
          error={update.error}
          pending={update.isPending}
          onSave={(input) =>
            update.mutate(input, { onSuccess: () => toast.success(t('catalog.saved')) })
          }
        />
      </SectionCard>
      <VariantsSection details={details} variants={variants} />
      {/*% slot "product.editor" %*/}
      <PicturesSection product={product} details={details} />
    </div>
  );
}

function LoadedEditor({ storeId }: { storeId: string }) {
  const { t } = useTranslation();
  const { productId = '' } = useParams();
  const product = useProduct(productId);
  const details = useProductDetails(productId);
  const variants = useVariants(productId);
  const failed = [product, details, variants].find(
    ({ isError, data }) => isError && data === undefined,
  );
  if (failed) {
    return (
      <ErrorState
        error={failed.error}
        onRetry={() => void failed.refetch()}
        retrying={failed.isFetching}
      />
    );
  }
  if (product.data === null || (product.data && product.data.store_id !== storeId)) {
    return <EmptyState title={t('catalog.noSuchProduct')} />;
  }
  if (!product.data || !details.data || !variants.data) return <LoadingState />;
  return <Editor product={product.data} details={details.data} variants={variants.data} />;
}

/** One product, for those who write what the store sells. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('catalog.edit')} roles={catalogWriters}>
      {({ store }) => <LoadedEditor storeId={store.id} />}
    </SellerPage>
  );
}
