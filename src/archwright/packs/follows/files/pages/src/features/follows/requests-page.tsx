import { UserRoundPlusIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { ProfileRow } from '@/features/profiles/profile-row';
import { useAnswerRequest, useRequests } from './use-people';

/** Those who would like to follow, newest first. */
export function Component() {
  const { t } = useTranslation();
  const requests = useRequests();
  const answer = useAnswerRequest();
  return (
    <Page title={t('follows.requests')} text={t('follows.requestsText')} width="narrow">
      <InfiniteList
        query={requests}
        label={t('follows.requests')}
        empty={{
          icon: UserRoundPlusIcon,
          title: t('follows.requestsEmpty'),
          text: t('follows.requestsEmptyText'),
        }}
        getKey={(person) => person.id}
      >
        {(person) => {
          const { id, display_name: name } = person;
          return (
            <ProfileRow profile={person}>
              <Button
                size="sm"
                aria-label={t('follows.acceptLabel', { name })}
                onClick={() => answer.mutate({ id, accepted: true })}
              >
                {t('follows.accept')}
              </Button>
              <Button
                size="sm"
                variant="ghost"
                aria-label={t('follows.declineLabel', { name })}
                onClick={() => answer.mutate({ id, accepted: false })}
              >
                {t('follows.decline')}
              </Button>
            </ProfileRow>
          );
        }}
      </InfiniteList>
    </Page>
  );
}
