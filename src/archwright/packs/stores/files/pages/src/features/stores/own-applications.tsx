import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { useFormat } from '@/lib/format';
import type { Application } from './applications-api';

const variants = { submitted: 'outline', approved: 'success', refused: 'destructive' } as const;
const keys = {
  submitted: 'stores.applicationSubmitted',
  approved: 'stores.applicationApproved',
  refused: 'stores.applicationRefused',
} as const;

/** What one has applied for, and what became of it. */
export function OwnApplications({ applications }: { applications: readonly Application[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul aria-label={t('stores.applications')} className="flex flex-col gap-2">
      {applications.map((application) => (
        <li key={application.id}>
          <Card className="gap-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="font-semibold">{application.store_name}</p>
              <Badge variant={variants[application.status]}>{t(keys[application.status])}</Badge>
            </div>
            <p className="text-sm text-muted-foreground">
              {t('stores.appliedOn', { date: format.date(application.created_at) })}
            </p>
            {application.reason !== '' && <p>{application.reason}</p>}
          </Card>
        </li>
      ))}
    </ul>
  );
}
