import { InboxIcon, StoreIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { ApplicationCard } from './application-card';
import { StoreRow } from './store-row';
import { useOpenApplications } from './use-applications';
import { useStores } from './use-stores';

/** Applications to decide, and all stores, for administrators. */
export function Component() {
  const { t } = useTranslation();
  const applications = useOpenApplications();
  const stores = useStores();
  return (
    <Page title={t('stores.adminTitle')}>
      <section aria-labelledby="applications" className="flex flex-col gap-4">
        <h2 id="applications" className="text-lg font-bold">
          {t('stores.applications')}
        </h2>
        <QueryState
          query={applications}
          empty={{ icon: InboxIcon, title: t('stores.noApplications') }}
        >
          {(open) => (
            <ul className="flex flex-col gap-4">
              {open.map((application) => (
                <li key={application.id}>
                  <ApplicationCard application={application} />
                </li>
              ))}
            </ul>
          )}
        </QueryState>
      </section>
      <section aria-labelledby="all-stores" className="flex flex-col gap-4">
        <h2 id="all-stores" className="text-lg font-bold">
          {t('stores.all')}
        </h2>
        <InfiniteList
          query={stores}
          label={t('stores.all')}
          empty={{ icon: StoreIcon, title: t('stores.none') }}
          getKey={(store) => store.id}
          className="divide-y"
        >
          {(store) => <StoreRow store={store} />}
        </InfiniteList>
      </section>
    </Page>
  );
}
