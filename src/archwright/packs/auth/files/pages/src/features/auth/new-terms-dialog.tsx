import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useSession } from '@/lib/session';
import { acceptTerms, fetchTermsAccepted } from './auth-api';
import { TERMS_VERSION } from './terms-version';

const queryKey = ['terms_acceptances', 'current'];

/** Asks members who have accepted older terms only. Who closes it is asked on the next visit. */
export function NewTermsDialog() {
  const { t } = useTranslation();
  const { userId } = useSession();
  const [later, setLater] = useState(false);
  const accepted = useQuery({
    queryKey,
    enabled: userId !== null,
    staleTime: Infinity,
    queryFn: ({ signal }) => fetchTermsAccepted(signal),
  });
  const accept = useMutation({
    mutationFn: acceptTerms,
    onSuccess: (_nothing, _variables, _context, { client }) => {
      client.setQueryData(queryKey, true);
      toast.success(t('auth.termsAccepted'));
    },
  });
  const footer = (
    <>
      <Button asChild variant="ghost">
        <Link to="/terms" target="_blank">
          {t('auth.readTerms')}
        </Link>
      </Button>
      <Button pending={accept.isPending} onClick={() => accept.mutate()}>
        {t('auth.accept')}
      </Button>
    </>
  );
  return (
    <Dialog
      open={accepted.data === false && !later}
      onOpenChange={(open) => setLater(!open)}
      title={t('auth.newTermsTitle')}
      description={t('auth.newTermsText', { version: TERMS_VERSION })}
      footer={footer}
    >
      <FormError error={accept.error} />
    </Dialog>
  );
}
