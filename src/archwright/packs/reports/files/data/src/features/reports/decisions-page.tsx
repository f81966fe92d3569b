import { ShieldCheckIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/lib/format';
import { useOwnDecisions, type OwnDecision } from './own-decisions';
import { subjectKind, subjectPath } from './subjects';

function titleKey(action: OwnDecision['action']) {
  return action === 'dismiss' ? 'reports.actions.dismiss' : (`reports.mine.${action}` as const);
}

function DecisionItem({ decision }: { decision: OwnDecision }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { action, subject_kind, subject_id, reason, suspended_until, created_at } = decision;
  const { labelKey, removable } = subjectKind(subject_kind);
  return (
    <div className="flex items-center gap-3 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="font-semibold">{t(titleKey(action), { kind: t(labelKey) })}</p>
        {reason !== null && (
          <p className="text-sm">
            {t('reports.because', { reason: t(`reports.reasons.${reason}`) })}
          </p>
        )}
        {suspended_until !== null && (
          <p className="text-sm">
            {t('reports.until', { time: format.dateTime(suspended_until) })}
          </p>
        )}
        <time dateTime={created_at} className="text-sm text-muted-foreground">
          {format.dateTime(created_at)}
        </time>
      </div>
      {removable && (
        <Button asChild variant="outline">
          <Link to={subjectPath(subject_kind, subject_id, null)}>{t('reports.view')}</Link>
        </Button>
      )}
    </div>
  );
}

/** What moderators decided about the member, the latest first, and why. */
export function Component() {
  const { t } = useTranslation();
  const query = useOwnDecisions();
  return (
    <Page title={t('reports.decisionsTitle')} text={t('reports.decisionsText')} width="narrow">
      <InfiniteList
        query={query}
        label={t('reports.decisionsTitle')}
        empty={{
          icon: ShieldCheckIcon,
          title: t('reports.decisionsEmpty'),
          text: t('reports.decisionsEmptyText'),
        }}
        getKey={(decision) => decision.id}
        className="divide-y"
      >
        {(decision) => <DecisionItem decision={decision} />}
      </InfiniteList>
    </Page>
  );
}
