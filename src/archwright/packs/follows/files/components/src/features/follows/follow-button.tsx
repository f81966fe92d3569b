import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import type { Profile } from '@/features/profiles/profiles-api';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { useFollow } from './use-follow';

interface FollowButtonProps {
  profile: Profile;
  size?: 'md' | 'sm';
}

function stateKey(profile: Profile) {
  if (profile.viewer_follows === true) return 'follows.following';
  if (profile.viewer_requested === true) return 'follows.requested';
  return profile.follows_viewer === true ? 'follows.followBack' : 'follows.follow';
}

/** Follows and unfollows; nothing on one's own profile. */
export function FollowButton({ profile, size = 'md' }: FollowButtonProps) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const location = useLocation();
  const change = useFollow(profile);
  const [asking, setAsking] = useState(false);
  if (profile.id === userId) return null;

  const state = t(stateKey(profile));
  const name = profile.display_name;
  const label = t('follows.buttonLabel', { state, name });
  if (userId === null) {
    return (
      <Button asChild size={size}>
        <Link to={signInPath(location)} aria-label={label}>
          {state}
        </Link>
      </Button>
    );
  }
  const follows = profile.viewer_follows === true;
  const active = follows || profile.viewer_requested === true;
  const press = () => {
    if (follows && profile.is_private) setAsking(true);
    else change.mutate(!active);
  };
  return (
    <>
      <Button
        size={size}
        variant={active ? 'secondary' : 'primary'}
        aria-label={label}
        onClick={press}
      >
        {state}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('follows.unfollowTitle', { name })}
        text={t('follows.unfollowText')}
        confirmLabel={t('follows.unfollowConfirm')}
        destructive
        onConfirm={() => {
          setAsking(false);
          change.mutate(false);
        }}
      />
    </>
  );
}
