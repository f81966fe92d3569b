import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';

interface BarChartProps {
  /** What is counted. */
  metric: string;
  points: readonly { day: string; count: number }[];
}

const WIDTH = 640;
const HEIGHT = 200;
const GAP = 0.25;

/** A day of the calendar is the same wherever one reads it: midnight here, not midnight UTC. */
const atMidnight = (day: string) => new Date(`${day}T00:00`);

/** Bars by day, and the same as a table. */
export function BarChart({ metric, points }: BarChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = points.map(({ count }) => count);
  const most = Math.max(1, ...counts);
  const step = WIDTH / Math.max(1, points.length);
  const total = format.compact(counts.reduce((sum, count) => sum + count, 0));
  const first = points[0];
  const last = points.at(-1);
  return (
    <figure className="flex flex-col gap-2">
      <p aria-hidden="true" className="text-xs text-muted-foreground tabular-nums">
        {format.compact(most)}
      </p>
      <svg
        role="img"
        aria-label={t('statistics.chartText', {
          metric,
          total,
          most: format.compact(Math.max(0, ...counts)),
        })}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-48 w-full"
      >
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="stroke-border" strokeWidth="2" />
        {points.map(({ day, count }, index) => {
          const height = (count / most) * (HEIGHT - 4);
          return (
            <rect
              key={day}
              x={index * step + (step * GAP) / 2}
              y={HEIGHT - height}
              width={step * (1 - GAP)}
              height={height}
              className="fill-primary"
            />
          );
        })}
      </svg>
      <div aria-hidden="true" className="flex justify-between text-xs text-muted-foreground">
        {first && <span>{format.date(atMidnight(first.day))}</span>}
        {last && <span>{format.date(atMidnight(last.day))}</span>}
      </div>
      <details>
        <summary className="min-h-11 cursor-pointer content-center text-sm font-semibold">
          {t('statistics.table')}
        </summary>
        <div className="max-h-80 overflow-y-auto">
          <table className="w-full text-sm tabular-nums">
            <caption className="sr-only">{t('statistics.chart', { metric })}</caption>
            <thead>
              <tr className="border-b text-left">
                <th scope="col" className="py-2">
                  {t('statistics.day')}
                </th>
                <th scope="col" className="py-2 text-right">
                  {metric}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ day, count }) => (
                <tr key={day} className="border-b">
                  <th scope="row" className="py-2 text-left font-normal">
                    {format.date(atMidnight(day))}
                  </th>
                  <td className="py-2 text-right">{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
