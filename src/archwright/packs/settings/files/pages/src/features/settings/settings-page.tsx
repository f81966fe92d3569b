import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { AccountSection } from './account-section';
import { AppearanceSection } from './appearance-section';
import { DataSection } from './data-section';
import { PrivacySection } from './privacy-section';

/** All settings on one page; /settings/<section> opens it at a section. */
export function Component() {
  const { t } = useTranslation();
  const { section } = useParams();
  useEffect(() => {
    if (section !== undefined) document.getElementById(section)?.scrollIntoView();
  }, [section]);
  const actions = (
    <Button asChild variant="secondary">
      <Link to="/settings/profile">{t('settings.editProfile')}</Link>
    </Button>
  );
  return (
    <Page title={t('settings.title')} width="narrow" actions={actions}>
      <AccountSection />
      <PrivacySection />
      {/*% slot "settings.sections" %*/}
      <AppearanceSection />
      <DataSection />
    </Page>
  );
}
