import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { ProfileRow } from '@/features/profiles/profile-row';
import { useFormat } from '@/lib/format';
import type { OpenApplication } from './applications-api';
import { countryName } from './store-countries';
import { useDecideApplication } from './use-applications';

/** One application, to approve or, with a reason, to refuse. */
export function ApplicationCard({ application }: { application: OpenApplication }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const field = useId();
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const decide = useDecideApplication();
  const { id, store_name: name } = application;
  const send = (approve: boolean) =>
    decide.mutate(
      { id, approve, reason: approve ? '' : reason.trim() },
      {
        onSuccess: () =>
          toast.success(t(approve ? 'stores.approved' : 'stores.refusedToast', { name })),
      },
    );
  return (
    <Card>
      <div className="flex flex-col gap-1">
        <h3 className="font-bold">{name}</h3>
        <p className="text-sm text-muted-foreground">
          {`/stores/${application.slug} · ${countryName(application.country, i18n.language)} · ${application.currency} · ${format.date(application.created_at)}`}
        </p>
      </div>
      <ProfileRow profile={application.applicant} />
      <p className="whitespace-pre-line">{application.about}</p>
      {!refusing && <FormError error={decide.error} />}
      <div className="flex flex-wrap gap-2">
        <Button pending={decide.isPending} onClick={() => send(true)}>
          {t('stores.approve', { name })}
        </Button>
        <Button variant="outline" disabled={decide.isPending} onClick={() => setRefusing(true)}>
          {t('stores.refuse', { name })}
        </Button>
      </div>
      <Dialog
        open={refusing}
        onOpenChange={setRefusing}
        title={t('stores.refuse', { name })}
        description={t('stores.refuseText')}
        footer={
          <Button
            variant="destructive"
            disabled={reason.trim() === ''}
            pending={decide.isPending}
            onClick={() => send(false)}
          >
            {t('stores.refuseConfirm')}
          </Button>
        }
      >
        <div className="flex flex-col gap-2">
          <Label htmlFor={field}>{t('stores.reason')}</Label>
          <Textarea
            id={field}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <FormError error={decide.error} />
        </div>
      </Dialog>
    </Card>
  );
}
