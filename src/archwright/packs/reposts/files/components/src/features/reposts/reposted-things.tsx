import { Repeat2Icon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@/features/profiles/profiles-api';
import { ThingGrid } from '@/features/things/thing-grid';
import { useRepostedThings } from './use-thing-reposts';

/** What a member reposted, on their profile. */
export function RepostedThings({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const query = useRepostedThings(profile.id);
  return (
    <ThingGrid
      query={query}
      label={t('reposts.tab')}
      empty={{
        icon: Repeat2Icon,
        title: t('reposts.emptyTitle'),
        text: t('reposts.emptyText'),
      }}
    />
  );
}
