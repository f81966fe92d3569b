import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingState } from '@/components/query-state';
import { Dialog } from '@/components/ui/dialog';
import { useReportDialogStore } from './report-dialog-store';

// The dialog is part of every page, and few people ever open it.
const ReportForm = lazy(async () => ({ default: (await import('./report-form')).ReportForm }));

/** Asks what is wrong with something, wherever that was chosen. */
export function ReportDialog() {
  const { t } = useTranslation();
  const { subject, close } = useReportDialogStore();
  return (
    <Dialog
      open={subject !== null}
      onOpenChange={close}
      title={t('reports.dialogTitle')}
      description={t('reports.dialogText')}
    >
      {subject && (
        <Suspense fallback={<LoadingState />}>
          <ReportForm subject={subject} onDone={close} />
        </Suspense>
      )}
    </Dialog>
  );
}
