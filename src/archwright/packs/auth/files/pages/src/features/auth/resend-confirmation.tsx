import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { resendConfirmation } from './auth-api';

/** Has the letter sent again, for whom it has not reached. */
export function ResendConfirmation({ email }: { email: string }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const resend = useMutation({ mutationFn: () => resendConfirmation(email, search) });
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-center text-sm empty:hidden">
        {resend.isSuccess && t('auth.resent')}
      </p>
      <FormError error={resend.error} />
      <Button variant="secondary" pending={resend.isPending} onClick={() => resend.mutate()}>
        {t('auth.resend')}
      </Button>
    </div>
  );
}
