import { ShieldAlertIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Tells the owner, and moderators, that others do not see this any more. */
export function RemovedNotice({ of }: { of: { removed_at: string | null } }) {
  const { t } = useTranslation();
  if (of.removed_at === null) return null;
  return (
    <p className="flex items-start gap-2 rounded-lg bg-muted px-3 py-2 text-sm text-foreground">
      <ShieldAlertIcon aria-hidden="true" className="size-5 shrink-0 text-destructive" />
      <span className="flex flex-col">
        <span className="font-semibold">{t('reports.removedTitle')}</span>
        <span>{t('reports.removedText')}</span>
      </span>
    </p>
  );
}
