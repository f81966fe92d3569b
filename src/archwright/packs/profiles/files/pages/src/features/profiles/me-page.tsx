import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { profilePath } from './handle';
import { useOwnProfile } from './use-profile';

/** One's own profile, wherever it is. */
export function Component() {
  const { t } = useTranslation();
  const profile = useOwnProfile();
  return (
    <Page title={t('profiles.nav')} hideTitle>
      <QueryState query={profile}>
        {({ handle }) => <Navigate to={profilePath(handle)} replace />}
      </QueryState>
    </Page>
  );
}
