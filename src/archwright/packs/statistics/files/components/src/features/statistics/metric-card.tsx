import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import type { Metric } from './metrics';
import type { Summary } from './summary';

function useChangeText(change: number | null): string {
  const { t, i18n } = useTranslation();
  if (change === null) return t('statistics.fresh');
  const percent = new Intl.NumberFormat(i18n.language, {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(Math.abs(change));
  if (change === 0) return t('statistics.same');
  return t(change > 0 ? 'statistics.up' : 'statistics.down', { change: percent });
}

interface MetricCardProps {
  metric: Metric;
  summary: Summary;
  chosen: boolean;
  onChoose: () => void;
}

/** A total, how it has changed, and the button that shows it by day. */
export function MetricCard({ metric, summary, chosen, onChoose }: MetricCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useChangeText(summary.change);
  const Icon = metric.icon;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        'flex cursor-pointer flex-col gap-1 rounded-2xl border bg-card p-4 text-left text-card-foreground transition-colors hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:outline-offset-2',
        chosen && 'border-primary ring-1 ring-primary',
      )}
    >
      <span className="flex items-center gap-2 text-sm font-semibold">
        <Icon aria-hidden="true" className="size-4.5" />
        {t(`statistics.${metric.name}`)}
      </span>
      <span className="text-2xl font-bold tabular-nums">{format.compact(summary.total)}</span>
      <span className="text-xs text-muted-foreground">{change}</span>
    </button>
  );
}
