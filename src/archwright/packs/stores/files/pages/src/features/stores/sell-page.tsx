import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { ApplyForm } from './apply-form';
import { OwnApplications } from './own-applications';
import { OwnStores } from './own-stores';
import { useOwnApplications } from './use-applications';
import { useOwnStores } from './use-stores';

/** One's stores, one's applications, and the form for another one while none is open. */
export function Component() {
  const { t } = useTranslation();
  const stores = useOwnStores();
  const applications = useOwnApplications();
  return (
    <Page title={t('stores.sell')} text={t('stores.sellText')}>
      <QueryState query={stores}>
        {(own) => (own.length > 0 ? <OwnStores stores={own} /> : null)}
      </QueryState>
      <QueryState query={applications}>
        {(own) => (
          <>
            {own.length > 0 && <OwnApplications applications={own} />}
            {own.every(({ status }) => status !== 'submitted') && <ApplyForm />}
          </>
        )}
      </QueryState>
    </Page>
  );
}
