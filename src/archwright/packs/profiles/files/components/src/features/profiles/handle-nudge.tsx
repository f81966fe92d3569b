import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { isGeneratedHandle } from './handle';
import { ProfileRow } from './profile-row';
import type { Profile } from './profiles-api';

/** Asks members who still have the handle that was made up for them to choose one. */
export function HandleNudge({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  if (!isGeneratedHandle(profile.handle)) return null;
  return (
    <Card>
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-bold">{t('profiles.nudgeTitle')}</h2>
        <p className="text-muted-foreground">{t('profiles.nudgeText')}</p>
      </div>
      <ProfileRow profile={profile}>
        <Button asChild>
          <Link to="/settings/profile">{t('profiles.nudgeAction')}</Link>
        </Button>
      </ProfileRow>
    </Card>
  );
}
