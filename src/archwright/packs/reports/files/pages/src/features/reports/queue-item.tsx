import { ChevronRightIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useFormat } from '@/lib/format';
import { isReason, type ModerationAction, type QueueEntry } from './moderation-api';
import { reportReasons } from './reports-api';
import { subjectKind, subjectPath } from './subjects';

interface QueueItemProps {
  entry: QueueEntry;
  onDecide: (action: ModerationAction) => void;
}

/** What was reported, why, and what can be done about it. */
export function QueueItem({ entry, onDecide }: QueueItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { labelKey, removable } = subjectKind(entry.subject_kind);
  const standing = entry.owner_handle !== null; // what is nobody's any more can only be dismissed
  const owner = { name: entry.owner_name ?? '', handle: entry.owner_handle ?? '' };
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge variant="outline">{t(labelKey)}</Badge>
        <Badge variant="destructive">{t('reports.count', { count: entry.report_count })}</Badge>
        {entry.reasons.map((reason) => (
          <Badge key={reason}>
            {t(`reports.reasons.${isReason(reason, reportReasons) ? reason : 'other'}`)}
          </Badge>
        ))}
        <time dateTime={entry.created_at} className="ml-auto text-sm text-muted-foreground">
          {format.relative(entry.created_at)}
        </time>
      </div>
      <p className="line-clamp-4 wrap-anywhere whitespace-pre-line">
        {entry.preview === '' ? t('reports.noText') : entry.preview}
      </p>
      {entry.owner_handle !== null && (
        <p className="text-sm text-muted-foreground">{t('reports.by', owner)}</p>
      )}
      {entry.details.length > 0 && (
        <details className="group text-sm">
          <summary className="flex min-h-11 cursor-pointer items-center gap-1 font-semibold">
            <ChevronRightIcon
              aria-hidden="true"
              className="size-4 shrink-0 transition-transform group-open:rotate-90"
            />
            {t('reports.remarks')}
          </summary>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {entry.details.map((text, index) => (
              // the same words may have been written twice
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="outline">
          <Link to={subjectPath(entry.subject_kind, entry.subject_id, entry.owner_handle)}>
            {t('reports.view')}
          </Link>
        </Button>
        <Button variant="secondary" onClick={() => onDecide('dismiss')}>
          {t('reports.actions.dismiss')}
        </Button>
        {removable && standing && (
          <Button variant="destructive" onClick={() => onDecide('remove')}>
            {t('reports.actions.remove')}
          </Button>
        )}
        {standing && (
          <Button variant="destructive" onClick={() => onDecide('suspend')}>
            {t('reports.actions.suspend')}
          </Button>
        )}
      </div>
    </Card>
  );
}
