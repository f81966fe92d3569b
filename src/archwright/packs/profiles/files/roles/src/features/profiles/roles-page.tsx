import { KeyRoundIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { FindMemberForm } from './find-member-form';
import { ProfileRow } from './profile-row';
import { RoleDialog } from './role-dialog';
import { roleLabel } from './role-texts';
import type { Member } from './roles-api';
import { useRoleHolders } from './use-role-holders';

/** Who holds roles, and a way to give them to others. */
export function Component() {
  const { t } = useTranslation();
  const holders = useRoleHolders();
  const [member, setMember] = useState<Member | null>(null);
  return (
    <Page title={t('profiles.rolesTitle')} text={t('profiles.rolesText')} width="narrow">
      <FindMemberForm onFound={setMember} />
      <InfiniteList
        query={holders}
        label={t('profiles.rolesTitle')}
        empty={{ icon: KeyRoundIcon, title: t('profiles.rolesEmpty') }}
        getKey={(holder) => holder.id}
        className="divide-y"
      >
        {(holder) => (
          <ProfileRow profile={holder}>
            <span className="flex flex-wrap justify-end gap-1">
              {holder.roles.map((role) => (
                <Badge key={role}>{roleLabel(role, t)}</Badge>
              ))}
            </span>
            <Button
              variant="outline"
              size="sm"
              aria-label={t('profiles.changeRolesOf', { name: holder.display_name })}
              onClick={() => setMember(holder)}
            >
              {t('profiles.changeRoles')}
            </Button>
          </ProfileRow>
        )}
      </InfiniteList>
      {member && <RoleDialog member={member} onClose={() => setMember(null)} />}
    </Page>
  );
}
