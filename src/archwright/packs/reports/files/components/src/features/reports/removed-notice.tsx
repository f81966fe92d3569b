import { ShieldAlertIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '@/lib/session';

interface RemovedNoticeProps {
  of: { removed_at: string | null; author: { id: string } };
}

/** Tells the owner, and moderators, that others do not see this any more; and the owner, where it says why. */
export function RemovedNotice({ of }: RemovedNoticeProps) {
  const { t } = useTranslation();
  const { userId } = useSession();
  if (of.removed_at === null) return null;
  return (
    <p className="flex items-start gap-2 rounded-lg bg-muted px-3 py-2 text-sm text-foreground">
      <ShieldAlertIcon aria-hidden="true" className="size-5 shrink-0 text-destructive" />
      <span className="flex flex-col">
        <span className="font-semibold">{t('reports.removedTitle')}</span>
        <span>{t('reports.removedText')}</span>
        {of.author.id === userId && (
          <Link to="/decisions" className="flex h-11 items-center self-start underline">
            {t('reports.why')}
          </Link>
        )}
      </span>
    </p>
  );
}
