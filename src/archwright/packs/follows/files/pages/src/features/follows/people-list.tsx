import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { UsersRoundIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { ProfileRow } from '@/features/profiles/profile-row';
import { FollowButton } from './follow-button';
import type { Follow } from './follows-api';

interface PeopleListProps {
  list: 'followers' | 'following';
  query: UseInfiniteQueryResult<InfiniteData<Follow[]>>;
  /** Whose list it is. */
  handle: string;
  /** A button behind each person. */
  Extra?: ComponentType<{ person: Follow }> | undefined;
}

export function PeopleList({ list, query, handle, Extra }: PeopleListProps) {
  const { t } = useTranslation();
  return (
    <InfiniteList
      query={query}
      label={t(`follows.${list}Title`, { handle })}
      empty={{
        icon: UsersRoundIcon,
        title: t(`follows.${list}Empty`),
        text: t(`follows.${list}EmptyText`, { handle }),
      }}
      getKey={(person) => person.id}
    >
      {(person) => (
        <ProfileRow profile={person}>
          <FollowButton profile={person} size="sm" />
          {Extra && <Extra person={person} />}
        </ProfileRow>
      )}
    </InfiniteList>
  );
}
