import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { signUp } from './auth-api';
import { AuthLink, AuthPage } from './auth-page';
import { ResendConfirmation } from './resend-confirmation';
import { SignUpForm, type NewMember } from './sign-up-form';

/** The guard of this page leads on as soon as there is a session. */
export function Component() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const create = useMutation({ mutationFn: (account: NewMember) => signUp(account, search) });
  if (create.data === 'confirm-email') {
    return (
      <AuthPage
        title={t('auth.checkMailTitle')}
        text={t('auth.confirmText', { email: create.variables.email })}
        footer={<AuthLink to="/sign-in" />}
      >
        <ResendConfirmation email={create.variables.email} />
      </AuthPage>
    );
  }
  const footer = (
    <>
      {t('auth.haveAccount')}
      <AuthLink to="/sign-in" />
    </>
  );
  return (
    <AuthPage title={t('auth.signUpTitle')} text={t('auth.signUpText')} footer={footer}>
      <SignUpForm
        onSubmit={(account) => create.mutate(account)}
        pending={create.isPending}
        error={create.error}
      />
    </AuthPage>
  );
}
