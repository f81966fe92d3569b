import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { changePassword } from './auth-api';
import { newPasswordSchema, PASSWORD_LENGTH } from './auth-schemas';
import { PasswordInput } from './password-input';

/** Gives the signed-in member a new password. */
export function NewPasswordForm({ onSaved }: { onSaved?: () => void }) {
  const { t } = useTranslation();
  const change = useMutation({ mutationFn: changePassword });
  const form = useForm({ resolver: zodResolver(newPasswordSchema), defaultValues: { password: '' } });
  const save = ({ password }: { password: string }) =>
    change.mutate(password, {
      onSuccess: () => {
        form.reset();
        toast.success(t('auth.passwordSaved'));
        onSaved?.();
      },
    });
  return (
    <form
      noValidate
      onSubmit={(event) => void form.handleSubmit(save)(event)}
      className="flex flex-col gap-5"
    >
      <FormField
        control={form.control}
        name="password"
        label={t('auth.newPassword')}
        hint={t('auth.passwordHint', { count: PASSWORD_LENGTH })}
      >
        {(field) => <PasswordInput {...field} autoComplete="new-password" />}
      </FormField>
      <FormError error={change.error} />
      <Button type="submit" pending={change.isPending} className="self-start">
        {t('auth.savePassword')}
      </Button>
    </form>
  );
}
