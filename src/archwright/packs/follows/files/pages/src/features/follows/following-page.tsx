import type { Profile } from '@/features/profiles/profiles-api';
import { PeopleList } from './people-list';
import { PeoplePage } from './people-page';
import { useFollowing } from './use-people';

function Following({ profile }: { profile: Profile }) {
  return <PeopleList list="following" query={useFollowing(profile.id)} handle={profile.handle} />;
}

export function Component() {
  return <PeoplePage list="following" List={Following} />;
}
