import { HistoryIcon, XIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { ProductCard } from '@/features/catalog/product-card';
import {
  useClearProductViews,
  useKeepProductViews,
  useViewedProducts,
  useViewsKept,
} from './use-product-views';

/** What a member looked at, and whether that is remembered at all. */
export function Component() {
  const { t } = useTranslation();
  const viewed = useViewedProducts();
  const { mutate: clear } = useClearProductViews();
  const [asking, setAsking] = useState(false);
  const any = viewed.data !== undefined && viewed.data.length > 0;
  return (
    <Page
      title={t('viewed.title')}
      text={t('viewed.text')}
      width="wide"
      actions={
        any && (
          <Button variant="secondary" onClick={() => setAsking(true)}>
            {t('viewed.clear')}
          </Button>
        )
      }
    >
      <KeepSwitch />
      <QueryState
        query={viewed}
        empty={{
          icon: HistoryIcon,
          title: t('viewed.emptyTitle'),
          text: t('viewed.emptyText'),
        }}
      >
        {(products) => (
          <ul
            aria-label={t('viewed.title')}
            className="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 lg:grid-cols-4"
          >
            {products.map((product) => (
              <li key={product.id} className="relative min-w-0">
                <ProductCard product={product} />
                <Button
                  variant="secondary"
                  size="icon"
                  className="absolute top-2 right-2"
                  aria-label={t('viewed.remove', { title: product.title })}
                  onClick={() => clear(product.id)}
                >
                  <XIcon aria-hidden="true" />
                </Button>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('viewed.clearTitle')}
        text={t('viewed.clearText')}
        confirmLabel={t('viewed.clear')}
        destructive
        onConfirm={() => {
          setAsking(false);
          clear(null);
        }}
      />
    </Page>
  );
}

function KeepSwitch() {
  const { t } = useTranslation();
  const id = useId();
  const kept = useViewsKept();
  const { mutate: keep } = useKeepProductViews();
  if (kept.data === undefined) return null;
  return (
    <div className="flex items-center gap-4">
      <Switch
        id={id}
        checked={kept.data}
        onCheckedChange={(checked) => keep(checked)}
        aria-describedby={`${id}-hint`}
      />
      <div className="flex flex-col gap-1">
        <Label htmlFor={id}>{t('viewed.keep')}</Label>
        <p id={`${id}-hint`} className="text-sm text-muted-foreground">
          {t('viewed.keepText')}
        </p>
      </div>
    </div>
  );
}
