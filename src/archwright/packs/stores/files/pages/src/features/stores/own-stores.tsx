import { ChevronRightIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StoreLogo } from './store-logo';
import { roleKeys } from './store-roles';
import { StoreStatusBadge } from './store-status-badge';
import type { OwnStore } from './stores-api';

/** The stores in which one works, each leading to its own pages. */
export function OwnStores({ stores }: { stores: readonly OwnStore[] }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('stores.own')} className="flex flex-col gap-2">
      {stores.map(({ role, store }) => (
        <li key={store.id}>
          <Link
            to={`/sell/${store.id}`}
            className="flex items-center gap-4 rounded-2xl border bg-card p-4 text-card-foreground hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:outline-offset-2"
          >
            <StoreLogo store={store} size="lg" />
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-semibold">{store.name}</span>
              <span className="text-sm">{t(roleKeys[role])}</span>
            </span>
            {store.status !== 'active' && <StoreStatusBadge status={store.status} />}
            <ChevronRightIcon aria-hidden="true" className="size-5 shrink-0" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
