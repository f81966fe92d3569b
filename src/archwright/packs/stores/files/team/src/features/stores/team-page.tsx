import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { AddMemberForm } from './add-member-form';
import { SellerPage } from './seller-page';
import type { OwnStore } from './stores-api';
import { rolesGivenBy } from './team-api';
import { TeamRow } from './team-row';
import { useTeam } from './use-team';

function Team({ own }: { own: OwnStore }) {
  const { t } = useTranslation();
  const team = useTeam(own.store.id);
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      {rolesGivenBy(own.role).length > 0 && <AddMemberForm own={own} />}
      <QueryState query={team}>
        {(people) => (
          <ul aria-label={t('stores.team')} className="divide-y">
            {people.map((person) => (
              <li key={person.member_id}>
                <TeamRow own={own} person={person} />
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </div>
  );
}

/** Who works in the store: everybody in it sees that, those above change it. */
export function Component() {
  const { t } = useTranslation();
  return <SellerPage title={t('stores.team')}>{(own) => <Team own={own} />}</SellerPage>;
}
