import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const STEPS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** 1234 -> "1.2K" */
export function formatCompact(count: number, language: string): string {
  const format = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  return format.format(count);
}

/** How long ago, or in how long: "5 min. ago", "yesterday", "now". */
export function formatRelative(
  time: string | Date,
  language: string,
  now: number = Date.now(),
): string {
  const seconds = Math.round((new Date(time).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** A length of time in seconds as a player shows it: 75 -> "1:15", 3675 -> "1:01:15" */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const plain = new Intl.NumberFormat(language, { useGrouping: false });
  const padded = new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = padded.format(whole % 60);
  return hours > 0
    ? `${plain.format(hours)}:${padded.format(minutes)}:${rest}`
    : `${plain.format(minutes)}:${rest}`;
}

export function formatDate(time: string | Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(time));
}

export function formatDateTime(time: string | Date, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(time));
}

/** The formats in the language that the person reads. */
export function useFormat() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => ({
      compact: (count: number) => formatCompact(count, language),
      relative: (time: string | Date) => formatRelative(time, language),
      duration: (seconds: number) => formatDuration(seconds, language),
      date: (time: string | Date) => formatDate(time, language),
      dateTime: (time: string | Date) => formatDateTime(time, language),
    }),
    [language],
  );
}
