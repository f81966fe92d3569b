import { ExternalLinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import type { ProductStatus } from './editor-api';
import type { Product } from './products-api';
import { StatusBadge } from './status-badge';
import { useSetStatus } from './use-editor';

/** Whether shoppers see the product, and what can be done about that. */
export function PublishSection({ product }: { product: Product }) {
  const { t } = useTranslation();
  const change = useSetStatus(product.id);
  const { status } = product;
  const move = (to: ProductStatus) =>
    change.mutate(to, {
      onSuccess: () => {
        if (to === 'active') toast.success(t('catalog.published'));
      },
    });
  return (
    <section aria-label={t('catalog.publishing')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <StatusBadge status={status} />
        {status === 'draft' && (
          <Button pending={change.isPending} onClick={() => move('active')}>
            {t('catalog.publish')}
          </Button>
        )}
        {status !== 'draft' && (
          <Button variant="outline" pending={change.isPending} onClick={() => move('draft')}>
            {t('catalog.withdraw')}
          </Button>
        )}
        {status !== 'archived' && (
          <Button variant="ghost" disabled={change.isPending} onClick={() => move('archived')}>
            {t('catalog.archive')}
          </Button>
        )}
        <Button asChild variant="ghost">
          <Link to={`/p/${product.id}`}>
            <ExternalLinkIcon aria-hidden="true" />
            {t('catalog.preview')}
          </Link>
        </Button>
      </div>
      <FormError error={change.error} />
    </section>
  );
}
