import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { signIn } from './auth-api';
import { AuthLink, AuthPage } from './auth-page';
import { signInSchema } from './auth-schemas';
import { PasswordInput } from './password-input';

/** The guard of this page leads on as soon as there is a session. */
export function Component() {
  const { t } = useTranslation();
  const enter = useMutation({ mutationFn: signIn });
  const form = useForm({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: '', password: '' },
  });
  const { control } = form;
  const footer = (
    <>
      {t('auth.noAccount')}
      <AuthLink to="/sign-up" />
    </>
  );
  return (
    <AuthPage title={t('auth.signInTitle')} text={t('auth.signInText')} footer={footer}>
      <form
        noValidate
        onSubmit={(event) => void form.handleSubmit((values) => enter.mutate(values))(event)}
        className="flex flex-col gap-5"
      >
        <FormField control={control} name="email" label={t('auth.email')}>
          {(field) => <Input {...field} type="email" autoComplete="username" />}
        </FormField>
        <FormField control={control} name="password" label={t('auth.password')}>
          {(field) => <PasswordInput {...field} autoComplete="current-password" />}
        </FormField>
        <FormError error={enter.error} />
        <Button type="submit" size="lg" pending={enter.isPending}>
          {t('auth.signIn')}
        </Button>
        <div className="text-center text-sm">
          <AuthLink to="/forgot-password" />
        </div>
      </form>
    </AuthPage>
  );
}
