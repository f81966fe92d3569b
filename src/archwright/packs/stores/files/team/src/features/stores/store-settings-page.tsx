import { useTranslation } from 'react-i18next';
import { SectionCard } from '@/components/section-card';
import { CloseStore } from './close-store';
import { LogoField } from './logo-field';
import { SellerPage } from './seller-page';
import { StoreForm } from './store-form';

/** What a store says about itself, for its managers; and its end, for its owners. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('stores.settings')} roles={['owner', 'manager']}>
      {({ role, store }) => (
        <div className="flex max-w-2xl flex-col gap-6">
          <SectionCard id="page" title={t('stores.pageTitle')} text={t('stores.pageText')}>
            <LogoField store={store} />
            <StoreForm store={store} />
          </SectionCard>
          {role === 'owner' && (
            <SectionCard id="status" title={t('stores.statusTitle')} text={t('stores.statusText')}>
              <CloseStore store={store} />
            </SectionCard>
          )}
        </div>
      )}
    </SellerPage>
  );
}
