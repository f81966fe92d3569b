import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { changeEmail } from './settings-api';

function emailSchema(current: string) {
  const address = z.email().refine((email) => email !== current, 'settings.sameEmail');
  return z.object({ email: z.string().trim().toLowerCase().min(1).pipe(address) });
}

/** Another address to sign in with. */
export function EmailForm({ current }: { current: string }) {
  const { t } = useTranslation();
  const change = useMutation({ mutationFn: changeEmail });
  const form = useForm({
    resolver: zodResolver(emailSchema(current)),
    defaultValues: { email: current },
  });
  const save = ({ email }: { email: string }) =>
    change.mutate(email, { onSuccess: () => toast.success(t('settings.emailSent', { email })) });
  return (
    <form
      noValidate
      onSubmit={(event) => void form.handleSubmit(save)(event)}
      className="flex w-full flex-col gap-4"
    >
      <FormField
        control={form.control}
        name="email"
        label={t('settings.email')}
        hint={t('settings.emailHint')}
      >
        {(field) => <Input {...field} type="email" autoComplete="email" />}
      </FormField>
      <FormError error={change.error} />
      <Button type="submit" pending={change.isPending} className="self-start">
        {t('settings.changeEmail')}
      </Button>
    </form>
  );
}
