import { useQuery } from '@tanstack/react-query';
import { ShieldAlertIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useFormat } from '@/lib/format';
import { useSession } from '@/lib/session';
import { fetchSuspendedUntil } from './suspensions-api';

function useSuspendedUntil() {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['suspensions', 'own'],
    enabled: userId !== null,
    staleTime: 60_000,
    queryFn: ({ signal }) => fetchSuspendedUntil(userId ?? '', signal),
  });
}

/** Stands in the header while the member is suspended, and says until when and what that means. */
export function SuspensionBadge() {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { data: until } = useSuspendedUntil();
  if (!until) return null;
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        <ShieldAlertIcon aria-hidden="true" className="text-destructive" />
        {/* a phone has room for the sign alone */}
        <span className="sr-only sm:not-sr-only">{t('reports.suspendedBadge')}</span>
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('reports.suspendedTitle')}
        description={t('reports.suspendedText', { time: format.dateTime(until) })}
        footer={
          <Button asChild variant="secondary">
            <Link to="/decisions" onClick={() => setOpen(false)}>
              {t('reports.why')}
            </Link>
          </Button>
        }
      />
    </>
  );
}
