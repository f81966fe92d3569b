import { HistoryIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { ThingGrid } from '@/features/things/thing-grid';
import { errorMessage } from '@/lib/errors';
import { useClearThingHistory, useThingHistory } from './use-thing-history';

/** What one watched, and the way to forget it. */
export function Component() {
  const { t } = useTranslation();
  const history = useThingHistory();
  const { mutate, isPending } = useClearThingHistory();
  const [asking, setAsking] = useState(false);
  const something = history.data?.pages.some((page) => page.length > 0) === true;
  const clear = () =>
    mutate(undefined, {
      onSuccess: () => toast.success(t('views.cleared')),
      onError: (error) => toast.error(errorMessage(error, t)),
      onSettled: () => setAsking(false),
    });
  return (
    <Page
      title={t('views.title')}
      text={t('views.text')}
      width="wide"
      actions={
        something && (
          <Button variant="secondary" onClick={() => setAsking(true)}>
            {t('views.clear')}
          </Button>
        )
      }
    >
      <ThingGrid
        query={history}
        label={t('views.list')}
        empty={{
          icon: HistoryIcon,
          title: t('views.emptyTitle'),
          text: t('views.emptyText'),
          action: (
            <Button asChild variant="secondary">
              <Link to="/">{t('views.emptyAction')}</Link>
            </Button>
          ),
        }}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('views.clearTitle')}
        text={t('views.clearText')}
        confirmLabel={t('views.clear')}
        destructive
        pending={isPending}
        onConfirm={clear}
      />
    </Page>
  );
}
