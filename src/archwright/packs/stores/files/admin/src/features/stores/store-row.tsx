import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { StoreLogo } from './store-logo';
import { StoreStatusBadge } from './store-status-badge';
import type { Store } from './stores-api';
import { useChangeStoreStatus } from './use-stores';

/** One store in the administrators' list. */
export function StoreRow({ store }: { store: Store }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const change = useChangeStoreStatus();
  const { id, name, status } = store;
  return (
    <div className="flex flex-wrap items-center gap-3 py-3">
      <Link
        to={`/stores/${store.slug}`}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-lg focus-visible:outline-2 focus-visible:outline-offset-2"
      >
        <StoreLogo store={store} />
        <span className="truncate font-semibold">{name}</span>
      </Link>
      <StoreStatusBadge status={status} />
      {status === 'active' && (
        <Button
          variant="outline"
          size="sm"
          aria-label={t('stores.suspendNamed', { name })}
          onClick={() => setAsked(true)}
        >
          {t('stores.suspend')}
        </Button>
      )}
      {status === 'suspended' && (
        <Button
          variant="outline"
          size="sm"
          aria-label={t('stores.liftNamed', { name })}
          onClick={() => change.mutate({ id, status: 'active' })}
        >
          {t('stores.lift')}
        </Button>
      )}
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={t('stores.suspendNamed', { name })}
        text={t('stores.suspendText')}
        confirmLabel={t('stores.suspend')}
        destructive
        onConfirm={() => {
          setAsked(false);
          change.mutate({ id, status: 'suspended' });
        }}
      />
    </div>
  );
}
