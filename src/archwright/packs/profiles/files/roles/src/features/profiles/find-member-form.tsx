import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { handleSchema } from './handle';
import { fetchProfile } from './profiles-api';
import type { Member } from './roles-api';

const schema = z.object({ handle: handleSchema });

/** Finds one member by handle. */
export function FindMemberForm({ onFound }: { onFound: (member: Member) => void }) {
  const { t } = useTranslation();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { handle: '' } });
  const search = useMutation({
    mutationFn: (handle: string) => fetchProfile(handle, AbortSignal.timeout(15_000)),
    onSuccess: (profile) => {
      if (profile === null) form.setError('handle', { message: 'profiles.findNobody' });
      else onFound(profile);
    },
  });
  return (
    <form
      noValidate
      role="search"
      onSubmit={(event) => void form.handleSubmit(({ handle }) => search.mutate(handle))(event)}
      className="flex flex-col gap-4"
    >
      <FormField
        control={form.control}
        name="handle"
        label={t('profiles.findLabel')}
        hint={t('profiles.findHint')}
      >
        {(field) => <Input {...field} autoComplete="off" autoCapitalize="none" spellCheck={false} />}
      </FormField>
      <FormError error={search.error} />
      <Button type="submit" variant="secondary" pending={search.isPending} className="self-start">
        {t('profiles.find')}
      </Button>
    </form>
  );
}
