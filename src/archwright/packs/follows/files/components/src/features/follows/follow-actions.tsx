import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import type { Profile } from '@/features/profiles/profiles-api';
import { useSession } from '@/lib/session';
import { FollowButton } from './follow-button';
import { useRequestCount } from './use-people';

function RequestsLink({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { data: count = 0 } = useRequestCount(profile.is_private);
  if (count === 0) return null;
  return (
    <Button asChild variant="secondary">
      <Link to="/follow-requests">{t('follows.requestCount', { count })}</Link>
    </Button>
  );
}

/** In the header of a profile: following others, and on one's own who would like to follow. */
export function FollowActions({ profile }: { profile: Profile }) {
  const { userId } = useSession();
  return userId === profile.id ? (
    <RequestsLink profile={profile} />
  ) : (
    <FollowButton profile={profile} />
  );
}
