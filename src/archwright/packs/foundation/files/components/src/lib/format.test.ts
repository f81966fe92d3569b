import { describe, expect, it } from 'vitest';
import { formatCompact, formatDate, formatDuration, formatRelative } from './format';

describe('formatCompact', () => {
  it('shortens large numbers by language', () => {
    expect(formatCompact(999, 'en')).toBe('999');
    expect(formatCompact(12_345, 'en')).toBe('12.3K');
    expect(formatCompact(2_000_000, 'de')).toContain('Mio');
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-05-10T12:00:00Z');
  it.each([
    ['2026-05-10T11:59:30Z', 'now'],
    ['2026-05-10T11:55:00Z', '5 min. ago'],
    ['2026-05-10T09:00:00Z', '3 hr. ago'],
    ['2026-05-09T12:00:00Z', 'yesterday'],
    ['2026-05-11T12:00:00Z', 'tomorrow'],
    ['2026-04-26T12:00:00Z', '2 wk. ago'],
    ['2024-05-01T12:00:00Z', '2 yr. ago'],
  ])('%s is %s', (time, text) => {
    expect(formatRelative(time, 'en', now)).toBe(text);
  });
});

describe('formatDuration', () => {
  it('counts as a player does', () => {
    expect(formatDuration(0, 'en')).toBe('0:00');
    expect(formatDuration(75.4, 'en')).toBe('1:15');
    expect(formatDuration(3675, 'en')).toBe('1:01:15');
    expect(formatDuration(-3, 'en')).toBe('0:00');
  });
});

describe('formatDate', () => {
  it('follows the language', () => {
    expect(formatDate('2026-05-10T12:00:00Z', 'en')).toBe('May 10, 2026');
    expect(formatDate('2026-05-10T12:00:00Z', 'de')).toBe('10.05.2026');
  });
});
