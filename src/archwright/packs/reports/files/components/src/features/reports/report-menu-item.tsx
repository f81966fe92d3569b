import { FlagIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useSession } from '@/lib/session';
import { useReportDialogStore } from './report-dialog-store';

interface ReportMenuItemProps {
  kind: string;
  /** What is reported; without an author it is a member. */
  of: { id: string; author?: { id: string } };
}

/** An item to report something; none for guests and for what is one's own. */
export function ReportMenuItem({ kind, of }: ReportMenuItemProps) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const ask = useReportDialogStore((state) => state.ask);
  if (userId === null || userId === (of.author ?? of).id) return null;
  return (
    <DropdownMenuItem onSelect={() => ask(kind, of.id)}>
      <FlagIcon aria-hidden="true" />
      {t('reports.report')}
    </DropdownMenuItem>
  );
}
