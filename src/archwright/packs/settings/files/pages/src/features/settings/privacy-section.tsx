import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Skeleton } from '@/components/ui/skeleton';
import { PrivacySwitch } from '@/features/profiles/privacy-switch';
import { useOwnProfile } from '@/features/profiles/use-profile';

/** Who may see what one shares. */
export function PrivacySection() {
  const { t } = useTranslation();
  const profile = useOwnProfile();
  return (
    <SectionCard id="privacy" title={t('settings.privacy')} text={t('settings.privacyText')}>
      <QueryState query={profile} skeleton={<Skeleton className="h-14" />}>
        {(own) => <PrivacySwitch profile={own} />}
      </QueryState>
    </SectionCard>
  );
}
