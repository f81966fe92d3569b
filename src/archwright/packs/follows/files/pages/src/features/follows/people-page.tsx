import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { PrivateNotice } from '@/features/profiles/private-notice';
import type { Profile } from '@/features/profiles/profiles-api';
import { useProfile } from '@/features/profiles/use-profile';

interface PeoplePageProps {
  list: 'followers' | 'following';
  List: ComponentType<{ profile: Profile }>;
}

/** The people around a profile, for those who may see what it shows. */
export function PeoplePage({ list, List }: PeoplePageProps) {
  const { t } = useTranslation();
  const { handle = '' } = useParams();
  const profile = useProfile(handle);
  if (profile.data === null) return <NotFound />;
  return (
    <Page title={t(`follows.${list}Title`, { handle: handle.toLowerCase() })} width="narrow">
      <QueryState query={profile}>
        {(found) =>
          found.viewer_may_see === true ? (
            <List profile={found} />
          ) : (
            <PrivateNotice handle={found.handle} />
          )
        }
      </QueryState>
    </Page>
  );
}
