import type { MetricName } from './metrics';
import type { Day } from './statistics-api';

export interface Summary {
  total: number;
  /** Against the period before: 0.5 is half as much again; null where there was nothing before. */
  change: number | null;
}

/** The days of the period itself; the half before them is what it is compared with. */
export function currentDays(days: readonly Day[]): Day[] {
  return days.slice(days.length / 2);
}

export function summarise(days: readonly Day[], metric: MetricName): Summary {
  const sum = (part: readonly Day[]) => part.reduce((total, day) => total + day[metric], 0);
  const total = sum(currentDays(days));
  const before = sum(days.slice(0, days.length / 2));
  return { total, change: before === 0 ? null : (total - before) / before };
}
