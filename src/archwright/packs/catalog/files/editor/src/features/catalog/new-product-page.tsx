import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SellerPage } from '@/features/stores/seller-page';
import type { Store } from '@/features/stores/stores-api';
import { ProductForm } from './product-form';
import { useCreateProduct } from './use-editor';
import { catalogWriters } from './writers';

const blank = { title: '', description: '', categoryId: '', brand: '' };

function NewProduct({ store }: { store: Store }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateProduct(store.id);
  return (
    <div className="max-w-2xl">
      <ProductForm
        values={blank}
        saveLabel={t('catalog.create')}
        error={create.error}
        pending={create.isPending}
        onSave={(input) =>
          create.mutate(input, {
            onSuccess: (id) => void navigate(`/sell/${store.id}/products/${id}`, { replace: true }),
          })
        }
      />
    </div>
  );
}

/** The beginning of a product: a draft, which its own page then makes whole. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('catalog.newProduct')} roles={catalogWriters}>
      {({ store }) => <NewProduct store={store} />}
    </SellerPage>
  );
}
