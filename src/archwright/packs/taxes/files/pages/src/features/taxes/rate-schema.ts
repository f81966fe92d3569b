import { z } from 'zod';

/** A rate as people type it, in percent: "7.25" -> 0.0725. */
export const rateSchema = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, 'taxes.countryForm'),
  region: z.string().trim().max(80),
  rate: z
    .string()
    .trim()
    .regex(/^(?:100|\d{1,2}(?:[.,]\d{1,3})?)$/, 'taxes.rateForm')
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 1000) / 100_000),
  from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'taxes.dayForm'),
});

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A day as the database has it, of this browser's today. */
export function today(now: Date): string {
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}
