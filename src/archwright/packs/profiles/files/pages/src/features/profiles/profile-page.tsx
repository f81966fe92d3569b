import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { QueryState } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useSession } from '@/lib/session';
import { HandleNudge } from './handle-nudge';
import { PrivateNotice } from './private-notice';
import { ProfileHeader } from './profile-header';
import { ProfileTabs } from './profile-tabs';
import type { Profile } from './profiles-api';
import { useProfile } from './use-profile';

function ProfileSkeleton() {
  return (
    <div className="flex flex-col items-center gap-4 sm:flex-row sm:gap-6">
      <Skeleton className="size-24 rounded-full" />
      <div className="flex w-full max-w-sm flex-col gap-3">
        <Skeleton className="h-8" />
        <Skeleton className="h-5 w-2/3" />
        <Skeleton className="h-11 w-1/2" />
      </div>
    </div>
  );
}

function ProfileContent({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const own = useSession().userId === profile.id;
  return (
    <>
      <title>
        {`${t('profiles.title', { name: profile.display_name, handle: profile.handle })} · ${t('app.name')}`}
      </title>
      {own && <HandleNudge profile={profile} />}
      <ProfileHeader profile={profile} />
      {profile.viewer_may_see === true ? (
        <ProfileTabs profile={profile} />
      ) : (
        <PrivateNotice handle={profile.handle} />
      )}
    </>
  );
}

/** A member's public face. */
export function Component() {
  const { handle = '' } = useParams();
  const profile = useProfile(handle);
  if (profile.data === null) return <NotFound />;
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-6 px-4 py-6 md:px-8">
      <QueryState query={profile} skeleton={<ProfileSkeleton />}>
        {(found) => <ProfileContent profile={found} />}
      </QueryState>
    </div>
  );
}
