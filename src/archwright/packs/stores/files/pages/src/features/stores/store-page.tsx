import { MapPinIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { QueryState } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import { countryName } from './store-countries';
import { StoreLogo } from './store-logo';
import { StoreStatusBadge } from './store-status-badge';
import { StoreTabs } from './store-tabs';
import type { Store } from './stores-api';
import { useStore } from './use-stores';

function StoreHeader({ store }: { store: Store }) {
  const { t, i18n } = useTranslation();
  return (
    <header className="flex flex-col gap-4 sm:flex-row sm:items-start">
      <StoreLogo store={store} size="xl" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-2xl font-bold tracking-tight break-words md:text-3xl">{store.name}</h1>
          {store.status !== 'active' && <StoreStatusBadge status={store.status} />}
        </div>
        <p className="flex items-center gap-1.5 text-sm text-muted-foreground">
          <MapPinIcon aria-hidden="true" className="size-4" />
          {t('stores.locatedIn', { country: countryName(store.country, i18n.language) })}
        </p>
        {store.description !== '' && (
          <p className="max-w-prose whitespace-pre-line">{store.description}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">{/*% slot "store.actions" %*/}</div>
    </header>
  );
}

/** What a store shows to everybody. */
export function Component() {
  const { t } = useTranslation();
  const { slug = '' } = useParams();
  const store = useStore(slug);
  if (store.data === null) return <NotFound />;
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-6 md:px-8">
      <QueryState
        query={store}
        skeleton={
          <div className="flex flex-col gap-4">
            <Skeleton className="size-24 rounded-full" />
            <Skeleton className="h-8 max-w-sm" />
          </div>
        }
      >
        {(found) => (
          <>
            <title>{`${found.name} · ${t('app.name')}`}</title>
            <StoreHeader store={found} />
            <StoreTabs store={found} />
          </>
        )}
      </QueryState>
    </div>
  );
}
