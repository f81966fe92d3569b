import { LockIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/lib/format';
import { useSession } from '@/lib/session';
import { ProfileAvatar } from './profile-avatar';
import { ProfileMenu } from './profile-menu';
import type { Profile } from './profiles-api';

/** Who this is, in numbers and words, and what one can do about it. */
export function ProfileHeader({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useSession().userId === profile.id;
  return (
    <header className="flex flex-col items-center gap-4 text-center sm:flex-row sm:items-start sm:gap-6 sm:text-left">
      <ProfileAvatar profile={profile} size="xl" />
      <div className="flex min-w-0 flex-1 flex-col items-center gap-3 sm:items-start">
        <div className="flex max-w-full flex-col gap-1">
          <h1 className="truncate text-2xl font-bold tracking-tight">{profile.display_name}</h1>
          <p className="flex items-center justify-center gap-2 text-muted-foreground sm:justify-start">
            {`@${profile.handle}`}
            {profile.is_private && (
              <Badge variant="outline">
                <LockIcon aria-hidden="true" />
                {t('profiles.privateBadge')}
              </Badge>
            )}
          </p>
        </div>
        <ul
          aria-label={t('profiles.stats')}
          className="flex flex-wrap justify-center gap-x-5 gap-y-1 text-sm text-muted-foreground sm:justify-start"
        >
          {/*% slot "profile.stats" %*/}
          <li>{t('profiles.joined', { date: format.date(profile.created_at) })}</li>
        </ul>
        {profile.bio !== '' && <p className="max-w-prose whitespace-pre-line">{profile.bio}</p>}
        <div className="flex flex-wrap items-center justify-center gap-2">
          {own && (
            <Button asChild variant="secondary">
              <Link to="/settings/profile">{t('profiles.edit')}</Link>
            </Button>
          )}
          {/*% slot "profile.actions" %*/}
          <ProfileMenu profile={profile} />
        </div>
      </div>
    </header>
  );
}
