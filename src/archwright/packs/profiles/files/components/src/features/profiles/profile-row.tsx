import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { profilePath } from './handle';
import { ProfileAvatar } from './profile-avatar';
import type { ProfileSummary } from './profiles-api';

interface ProfileRowProps {
  profile: ProfileSummary;
  /** Buttons at the right. */
  children?: ReactNode;
}

/** One person in a list of people. */
export function ProfileRow({ profile, children }: ProfileRowProps) {
  return (
    <div className="flex items-center gap-3 py-2">
      <Link
        to={profilePath(profile.handle)}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-lg focus-visible:outline-2 focus-visible:outline-offset-2"
      >
        <ProfileAvatar profile={profile} />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-semibold">{profile.display_name}</span>
          <span className="truncate text-sm text-muted-foreground">{`@${profile.handle}`}</span>
        </span>
      </Link>
      {children}
    </div>
  );
}
