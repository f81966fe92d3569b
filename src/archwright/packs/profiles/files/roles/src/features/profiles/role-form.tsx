import { useId, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { useSession } from '@/lib/session';
import { roleLabel, roleText } from './role-texts';
import { appRoles, type AppRole } from './roles-api';
import { useChangeRoles } from './use-role-holders';

interface RoleBoxProps {
  role: AppRole;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function RoleBox({ role, checked, onChange }: RoleBoxProps) {
  const { t } = useTranslation();
  const id = useId();
  const text = roleText(role, t);
  return (
    <div className="flex gap-3">
      <Checkbox
        id={id}
        checked={checked}
        onCheckedChange={(state) => onChange(state === true)}
        aria-describedby={text === null ? undefined : `${id}-text`}
        className="mt-3"
      />
      <div className="flex flex-1 flex-col">
        <Label htmlFor={id} className="min-h-11 cursor-pointer">
          {roleLabel(role, t)}
        </Label>
        {text !== null && (
          <p id={`${id}-text`} className="text-sm text-muted-foreground">
            {text}
          </p>
        )}
      </div>
    </div>
  );
}

interface RoleFormProps {
  memberId: string;
  held: readonly AppRole[];
  /** `mayStay` is false for whoever has given up the role that this page is for. */
  onSaved: (mayStay: boolean) => void;
}

/** A box for each role; only what was changed is sent, so that others' changes stand. */
export function RoleForm({ memberId, held, onSaved }: RoleFormProps) {
  const { t } = useTranslation();
  const { userId } = useSession();
  // what was changed here only: what is held may turn out to be different while the form is open
  const [touched, setTouched] = useState<Partial<Record<AppRole, boolean>>>({});
  const change = useChangeRoles();
  const wants = (role: AppRole) => touched[role] ?? held.includes(role);
  const grant = appRoles.filter((role) => wants(role) && !held.includes(role));
  const revoke = held.filter((role) => !wants(role));
  const leaves = userId === memberId && revoke.includes('admin');

  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    change.mutate({ memberId, grant, revoke }, { onSuccess: () => onSaved(!leaves) });
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      {appRoles.map((role) => (
        <RoleBox
          key={role}
          role={role}
          checked={wants(role)}
          onChange={(checked) => setTouched({ ...touched, [role]: checked })}
        />
      ))}
      {leaves && (
        <p role="alert" className="text-sm font-medium text-destructive">
          {t('profiles.ownAdminWarning')}
        </p>
      )}
      <FormError error={change.error} />
      <Button
        type="submit"
        disabled={grant.length + revoke.length === 0}
        pending={change.isPending}
        className="self-end"
      >
        {t('profiles.saveRoles')}
      </Button>
    </form>
  );
}
