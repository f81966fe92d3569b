import { EllipsisIcon, LogOutIcon, UserMinusIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuChoices,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/dropdown-menu';
import { ProfileRow } from '@/features/profiles/profile-row';
import { errorMessage } from '@/lib/errors';
import { useSession } from '@/lib/session';
import { roleKeys } from './store-roles';
import { rolesGivenBy, type TeamMember } from './team-api';
import type { OwnStore } from './stores-api';
import { useChangeTeam } from './use-team';

/** One person of the team, with what the viewer may change about them. */
export function TeamRow({ own, person }: { own: OwnStore; person: TeamMember }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { userId } = useSession();
  const [leaving, setLeaving] = useState(false);
  const change = useChangeTeam(own.store.id);
  const self = person.member_id === userId;
  const given = rolesGivenBy(own.role);
  const above = given.includes(person.role);
  const name = person.member.display_name;
  const fail = (error: unknown) => toast.error(errorMessage(error, t));
  const remove = () =>
    change.mutate(
      { kind: 'remove', member: person.member_id },
      {
        onError: fail,
        onSuccess: () => {
          toast.success(t(self ? 'stores.left' : 'stores.removed'));
          if (self) void navigate('/sell');
        },
        onSettled: () => setLeaving(false),
      },
    );
  return (
    <>
      <ProfileRow profile={person.member}>
        <Badge>{t(roleKeys[person.role])}</Badge>
        {(above || self) && (
          <DropdownMenu
            trigger={
              <Button variant="ghost" size="icon" aria-label={t('stores.changeMember', { name })}>
                <EllipsisIcon aria-hidden="true" />
              </Button>
            }
          >
            {above && (
              <>
                <DropdownMenuChoices
                  value={person.role}
                  onValueChange={(value) => {
                    const role = given.find((each) => each === value);
                    if (role)
                      change.mutate(
                        { kind: 'role', member: person.member_id, role },
                        { onError: fail },
                      );
                  }}
                  choices={given.map((role) => ({ value: role, label: t(roleKeys[role]) }))}
                />
                <DropdownMenuSeparator />
              </>
            )}
            <DropdownMenuItem destructive onSelect={() => setLeaving(true)}>
              {self ? <LogOutIcon aria-hidden="true" /> : <UserMinusIcon aria-hidden="true" />}
              {t(self ? 'stores.leave' : 'stores.remove')}
            </DropdownMenuItem>
          </DropdownMenu>
        )}
      </ProfileRow>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={self ? t('stores.leaveTitle') : t('stores.removeTitle', { name })}
        text={t(self ? 'stores.leaveText' : 'stores.removeText')}
        confirmLabel={t(self ? 'stores.leave' : 'stores.remove')}
        destructive
        pending={change.isPending}
        onConfirm={remove}
      />
    </>
  );
}
