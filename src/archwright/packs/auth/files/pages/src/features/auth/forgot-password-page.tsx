import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { requestPasswordReset } from './auth-api';
import { AuthLink, AuthPage } from './auth-page';
import { emailSchema } from './auth-schemas';

/** Says the same whether there is such an account or not. */
export function Component() {
  const { t } = useTranslation();
  const request = useMutation({ mutationFn: requestPasswordReset });
  const form = useForm({ resolver: zodResolver(emailSchema), defaultValues: { email: '' } });
  const footer = <AuthLink to="/sign-in" />;
  if (request.isSuccess) {
    return (
      <AuthPage
        title={t('auth.checkMailTitle')}
        text={t('auth.resetSentText', { email: request.variables })}
        footer={footer}
      />
    );
  }
  return (
    <AuthPage title={t('auth.forgotTitle')} text={t('auth.forgotText')} footer={footer}>
      <form
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit(({ email }) => request.mutate(email))(event)
        }
        className="flex flex-col gap-5"
      >
        <FormField control={form.control} name="email" label={t('auth.email')}>
          {(field) => <Input {...field} type="email" autoComplete="username" />}
        </FormField>
        <FormError error={request.error} />
        <Button type="submit" size="lg" pending={request.isPending}>
          {t('auth.sendLink')}
        </Button>
      </form>
    </AuthPage>
  );
}
