import { UserRoundXIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import type { Profile } from '@/features/profiles/profiles-api';
import { useSession } from '@/lib/session';
import { PeopleList } from './people-list';
import { PeoplePage } from './people-page';
import { useFollowers, useRemoveFollower } from './use-people';

function RemoveButton({ person }: { person: Profile }) {
  const { t } = useTranslation();
  const name = person.display_name;
  const remove = useRemoveFollower(() => toast.success(t('follows.removed', { name })));
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t('follows.removeFollower', { name })}
      pending={remove.isPending}
      onClick={() => remove.mutate(person.id)}
    >
      <UserRoundXIcon aria-hidden="true" />
    </Button>
  );
}

/** Only members themselves decide who follows them. */
function Followers({ profile }: { profile: Profile }) {
  const own = useSession().userId === profile.id;
  return (
    <PeopleList
      list="followers"
      query={useFollowers(profile.id)}
      handle={profile.handle}
      Extra={own ? RemoveButton : undefined}
    />
  );
}

export function Component() {
  return <PeoplePage list="followers" List={Followers} />;
}
