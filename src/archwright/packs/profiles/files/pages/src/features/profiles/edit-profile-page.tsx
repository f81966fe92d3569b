import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Card } from '@/components/ui/card';
import { AvatarField } from './avatar-field';
import { PrivacySwitch } from './privacy-switch';
import { ProfileForm } from './profile-form';
import { useOwnProfile } from './use-profile';

/** Everything that makes up one's profile. */
export function Component() {
  const { t } = useTranslation();
  const profile = useOwnProfile();
  return (
    <Page title={t('profiles.editTitle')} width="narrow">
      <QueryState query={profile}>
        {(own) => (
          <>
            <AvatarField profile={own} />
            <ProfileForm profile={own} />
            <Card>
              <h2 className="text-lg font-bold">{t('profiles.privacyTitle')}</h2>
              <PrivacySwitch profile={own} />
            </Card>
          </>
        )}
      </QueryState>
    </Page>
  );
}
