import { describe, expect, it } from 'vitest';
import type { Day } from './statistics-api';
import { currentDays, summarise } from './summary';

const day = (date: string, videos: number): Day => ({
  day: date,
  videos,
  views: 0,
  likes: 0,
  comments: 0,
  followers: 0,
});
const days = [
  day('2026-01-01', 1),
  day('2026-01-02', 3),
  day('2026-01-03', 2),
  day('2026-01-04', 4),
];

describe('summarise', () => {
  it('compares a period with the one before', () => {
    expect(summarise(days, 'videos')).toEqual({ total: 6, change: 0.5 });
    expect(summarise(days.toReversed(), 'videos').change).toBeCloseTo(-1 / 3);
  });

  it('compares with nothing where there was nothing', () => {
    expect(summarise(days, 'likes')).toEqual({ total: 0, change: null });
  });
});

describe('currentDays', () => {
  it('is the later half', () => {
    expect(currentDays(days).map((entry) => entry.day)).toEqual(['2026-01-03', '2026-01-04']);
  });
});
