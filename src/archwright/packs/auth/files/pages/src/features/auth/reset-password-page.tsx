import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { useSession } from '@/lib/session';
import { AuthLink, AuthPage } from './auth-page';
import { NewPasswordForm } from './new-password-form';

/** Where the link of the recovery mail leads; a good link has signed the member in by now. */
export function Component() {
  const { t } = useTranslation();
  const { status } = useSession();
  const navigate = useNavigate();
  if (status === 'loading') return <Spinner className="w-full" />;
  if (status === 'signed-out') {
    return (
      <AuthPage
        title={t('auth.linkExpiredTitle')}
        text={t('auth.linkExpiredText')}
        footer={<AuthLink to="/sign-in" />}
      >
        <Button asChild size="lg">
          <Link to="/forgot-password">{t('auth.askAgain')}</Link>
        </Button>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('auth.resetTitle')} text={t('auth.resetText')}>
      <NewPasswordForm onSaved={() => void navigate('/', { replace: true })} />
    </AuthPage>
  );
}
