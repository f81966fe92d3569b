import { ScrollTextIcon, ShieldIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/lib/format';
import { DecisionDialog } from './decision-dialog';
import type { Decision, LogEntry, ModerationAction } from './moderation-api';
import { subjectKind } from './subjects';
import { useLog } from './use-moderation';

const undo: Partial<Record<ModerationAction, ModerationAction>> = {
  remove: 'restore',
  suspend: 'lift',
};

function LogItem({ entry, onUndo }: { entry: LogEntry; onUndo: (by: ModerationAction) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = t(`reports.actions.${entry.action}`);
  const kind = t(subjectKind(entry.subject_kind).labelKey);
  const moderator = entry.moderator?.display_name ?? t('reports.former');
  const by = entry.in_force === true ? undo[entry.action] : undefined;
  return (
    <div className="flex items-center gap-3 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="font-semibold">{t('reports.logOne', { action, kind })}</p>
        {entry.owner && (
          <p className="text-sm">
            {t('reports.by', { name: entry.owner.display_name, handle: entry.owner.handle })}
          </p>
        )}
        {entry.suspended_until !== null && (
          <p className="text-sm">
            {t('reports.until', { time: format.dateTime(entry.suspended_until) })}
          </p>
        )}
        {entry.reason !== null && (
          <p className="text-sm">
            {t('reports.because', { reason: t(`reports.reasons.${entry.reason}`) })}
          </p>
        )}
        {entry.note !== '' && <p className="text-sm wrap-anywhere">{entry.note}</p>}
        <p className="text-sm text-muted-foreground">
          {t('reports.logBy', { moderator, time: format.dateTime(entry.created_at) })}
        </p>
      </div>
      {by && (
        <Button variant="outline" onClick={() => onUndo(by)}>
          {t(`reports.actions.${by}`)}
        </Button>
      )}
    </div>
  );
}

/** All decisions, the latest first. */
export function Component() {
  const { t } = useTranslation();
  const query = useLog();
  const [decision, setDecision] = useState<Omit<Decision, 'note' | 'days'> | null>(null);
  return (
    <Page
      title={t('reports.logTitle')}
      text={t('reports.logText')}
      actions={
        <Button asChild variant="secondary">
          <Link to="/moderation">
            <ShieldIcon aria-hidden="true" />
            {t('reports.back')}
          </Link>
        </Button>
      }
    >
      <InfiniteList
        query={query}
        label={t('reports.logTitle')}
        empty={{ icon: ScrollTextIcon, title: t('reports.logEmpty') }}
        getKey={(entry) => entry.id}
        className="divide-y"
      >
        {(entry) => (
          <LogItem
            entry={entry}
            onUndo={(action) =>
              setDecision({
                kind: entry.subject_kind,
                id: entry.subject_id,
                action,
                reason: null,
              })
            }
          />
        )}
      </InfiniteList>
      {decision && <DecisionDialog decision={decision} onClose={() => setDecision(null)} />}
    </Page>
  );
}
