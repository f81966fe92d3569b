import { ChartNoAxesColumnIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Page } from '@/components/page';
import { EmptyState, QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Select, SelectItem } from '@/components/ui/select';
import { BarChart } from './bar-chart';
import { MetricCard } from './metric-card';
import { metrics, type MetricName } from './metrics';
import type { Day } from './statistics-api';
import { currentDays, summarise } from './summary';
import { TopVideos } from './top-videos';
import { useDays } from './use-statistics';

const periods = ['7', '28', '90'] as const;

function Overview({ days }: { days: Day[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<MetricName>(metrics[0]?.name ?? 'videos');
  const nothing = days.every((day) => metrics.every(({ name }) => day[name] === 0));
  if (nothing) {
    return (
      <EmptyState
        icon={ChartNoAxesColumnIcon}
        title={t('statistics.empty')}
        text={t('statistics.emptyText')}
        action={
          <Button asChild>
            <Link to="/upload">{t('statistics.upload')}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-5">
        {metrics.map((metric) => (
          <MetricCard
            key={metric.name}
            metric={metric}
            summary={summarise(days, metric.name)}
            chosen={chosen === metric.name}
            onChoose={() => setChosen(metric.name)}
          />
        ))}
      </div>
      <Card className="p-4">
        <BarChart
          metric={t(`statistics.${chosen}`)}
          points={currentDays(days).map((day) => ({ day: day.day, count: day[chosen] }))}
        />
      </Card>
    </div>
  );
}

/** What one's own videos did. The period is part of the address. */
export function Component() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const period = periods.find((days) => days === address.get('days')) ?? '28';
  const query = useDays(Number(period));
  return (
    <Page
      title={t('statistics.title')}
      text={t('statistics.text')}
      width="wide"
      actions={
        <Select
          aria-label={t('statistics.period')}
          value={period}
          onValueChange={(days) => setAddress({ days }, { replace: true })}
        >
          {periods.map((days) => (
            <SelectItem key={days} value={days}>
              {t(`statistics.days_${days}`)}
            </SelectItem>
          ))}
        </Select>
      }
    >
      <QueryState query={query}>{(days) => <Overview days={days} />}</QueryState>
      <TopVideos days={Number(period)} />
    </Page>
  );
}
