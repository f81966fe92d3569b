import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select, SelectItem } from '@/components/ui/select';
import { handleSchema } from '@/features/profiles/handle';
import { roleKeys } from './store-roles';
import { rolesGivenBy, storeRoles } from './team-api';
import type { OwnStore } from './stores-api';
import { useChangeTeam } from './use-team';

const schema = z.object({ handle: handleSchema, role: z.enum(storeRoles) });

/** Takes a member into the team, in a role below the viewer's own. */
export function AddMemberForm({ own }: { own: OwnStore }) {
  const { t } = useTranslation();
  const change = useChangeTeam(own.store.id);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { handle: '', role: 'catalog' },
  });
  const { control } = form;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) =>
          change.mutate(
            { kind: 'add', ...input },
            {
              onSuccess: () => {
                form.reset();
                toast.success(t('stores.added', { handle: input.handle }));
              },
            },
          ),
        )(event)
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={control} name="handle" label={t('stores.memberHandle')}>
          {(field) => (
            <Input {...field} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          )}
        </FormField>
        <FormField control={control} name="role" label={t('stores.role')}>
          {({ onChange, value, ref, ...field }) => (
            <Select {...field} ref={ref} value={value} onValueChange={onChange}>
              {rolesGivenBy(own.role).map((role) => (
                <SelectItem key={role} value={role}>
                  {t(roleKeys[role])}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
      </div>
      <FormError error={change.error} />
      <Button type="submit" variant="secondary" pending={change.isPending} className="self-start">
        {t('stores.addMember')}
      </Button>
    </form>
  );
}
