import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { SellerNav } from './seller-nav';
import { StoreLogo } from './store-logo';
import { StoreStatusBadge } from './store-status-badge';
import type { OwnStore, StoreRole } from './stores-api';
import { useOwnStore } from './use-stores';

interface SellerPageProps {
  title: string;
  /** Who may open the page; everybody in the team where it says nothing. */
  roles?: readonly StoreRole[];
  children: (own: OwnStore) => ReactNode;
}

/** The frame of the pages below /sell/:storeId: for the store's team; for everybody else there is no such page. */
export function SellerPage({ title, roles, children }: SellerPageProps) {
  const { t } = useTranslation();
  const { storeId = '' } = useParams();
  const own = useOwnStore(storeId);
  const { data } = own;
  if (data === null || (data && roles !== undefined && !roles.includes(data.role))) {
    return <NotFound />;
  }
  return (
    <Page title={title} width="wide">
      <QueryState query={own}>
        {(found) => (
          <>
            <div className="flex items-center gap-3">
              <StoreLogo store={found.store} />
              <p className="min-w-0 truncate font-semibold">{found.store.name}</p>
              {found.store.status !== 'active' && <StoreStatusBadge status={found.store.status} />}
            </div>
            {found.store.status === 'suspended' && (
              <p role="status" className="rounded-lg bg-muted px-4 py-3 text-sm">
                {t('stores.suspendedText')}
              </p>
            )}
            <SellerNav storeId={found.store.id} role={found.role} />
            {children(found)}
          </>
        )}
      </QueryState>
    </Page>
  );
}
