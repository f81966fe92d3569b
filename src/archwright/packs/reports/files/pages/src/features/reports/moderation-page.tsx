import { ScrollTextIcon, ShieldCheckIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { DecisionDialog } from './decision-dialog';
import { isReason, type Decision } from './moderation-api';
import { QueueItem } from './queue-item';
import { reportReasons } from './reports-api';
import { useQueue } from './use-moderation';

/** What waits for a moderator. */
export function Component() {
  const { t } = useTranslation();
  const query = useQueue();
  const [decision, setDecision] = useState<Omit<Decision, 'note' | 'days'> | null>(null);
  return (
    <Page
      title={t('reports.queueTitle')}
      text={t('reports.queueText')}
      actions={
        <Button asChild variant="secondary">
          <Link to="/moderation/log">
            <ScrollTextIcon aria-hidden="true" />
            {t('reports.log')}
          </Link>
        </Button>
      }
    >
      <InfiniteList
        query={query}
        label={t('reports.queueTitle')}
        empty={{
          icon: ShieldCheckIcon,
          title: t('reports.queueEmpty'),
          text: t('reports.queueEmptyText'),
        }}
        getKey={(entry) => entry.id}
        className="gap-4"
      >
        {(entry) => (
          <QueueItem
            entry={entry}
            onDecide={(action) =>
              setDecision({
                kind: entry.subject_kind,
                id: entry.subject_id,
                action,
                reason: entry.reasons.find((reason) => isReason(reason, reportReasons)) ?? 'other',
              })
            }
          />
        )}
      </InfiniteList>
      {decision && <DecisionDialog decision={decision} onClose={() => setDecision(null)} />}
    </Page>
  );
}
