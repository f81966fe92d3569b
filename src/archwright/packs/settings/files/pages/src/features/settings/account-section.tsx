import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormError } from '@/components/form-error';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { NewPasswordForm } from '@/features/auth/new-password-form';
import { useSession } from '@/lib/session';
import { EmailForm } from './email-form';
import { Setting } from './setting';

/** How one signs in. */
export function AccountSection() {
  const { t } = useTranslation();
  const { user, signOut } = useSession();
  const leave = useMutation({ mutationFn: () => signOut('global') });
  return (
    <SectionCard id="account" title={t('settings.account')} text={t('settings.accountText')}>
      <EmailForm current={user?.email ?? ''} />
      <Setting title={t('settings.password')}>
        <NewPasswordForm />
      </Setting>
      <Setting title={t('settings.sessions')} text={t('settings.sessionsText')}>
        <FormError error={leave.error} />
        <Button variant="secondary" pending={leave.isPending} onClick={() => leave.mutate()}>
          {t('settings.signOutEverywhere')}
        </Button>
      </Setting>
    </SectionCard>
  );
}
