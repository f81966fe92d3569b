import { z } from 'zod';
import { parseMoney, plainMoney } from '@/features/stores/money';
import type { Method } from './shipping-api';

const days = z
  .string()
  .trim()
  .regex(/^\d{1,2}$/, 'shipping.dayForm')
  .transform(Number);

/** Grams, or what an amount in the currency is in minor units; null where it is neither. */
function measure(text: string, basis: 'weight' | 'amount', currency: string): number | null {
  if (basis === 'amount') return parseMoney(text, currency);
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** A way of sending as the form has it, in a store's currency. */
export function methodSchema(currency: string) {
  return z
    .object({
      name: z.string().trim().min(1).max(60),
      basis: z.enum(['weight', 'amount']),
      min_days: days,
      max_days: days,
      at_most: z.string().trim(),
      steps: z.array(z.object({ from: z.string(), costs: z.string() })).min(1),
    })
    .transform(({ at_most, steps, ...method }, context) => {
      const wrong = (path: (string | number)[], message: string) =>
        context.addIssue({ code: 'custom', path, message });
      const number = (text: string, path: (string | number)[]) => {
        const found = measure(text, method.basis, currency);
        if (found === null) wrong(path, 'shipping.numberForm');
        return found ?? 0;
      };
      const most = at_most === '' ? null : number(at_most, ['at_most']);
      const parsed = steps.map((step, index) => {
        const amount = parseMoney(step.costs, currency);
        if (amount === null) wrong(['steps', index, 'costs'], 'shipping.numberForm');
        return { at_least: number(step.from, ['steps', index, 'from']), amount: amount ?? 0 };
      });
      if (method.min_days > method.max_days) wrong(['max_days'], 'shipping.daysForm');
      const seen = new Set<number>();
      for (const [index, { at_least }] of parsed.entries()) {
        if (seen.has(at_least)) wrong(['steps', index, 'from'], 'shipping.stepTwice');
        seen.add(at_least);
      }
      return { ...method, at_most: most, steps: parsed };
    });
}

/** The fields of the form for a method; a new one costs the same whatever is in it. */
export function methodFields(method: Method | null) {
  const basis = method?.basis ?? 'weight';
  const currency = method?.currency ?? '';
  const shown = (value: number) =>
    basis === 'amount' ? plainMoney(value, currency) : String(value);
  return {
    name: method?.name ?? '',
    basis,
    min_days: String(method?.min_days ?? 2),
    max_days: String(method?.max_days ?? 4),
    at_most: method?.at_most == null ? '' : shown(method.at_most),
    steps: method
      ? method.rates
          .toSorted((a, b) => a.at_least - b.at_least)
          .map((rate) => ({
            from: shown(rate.at_least),
            costs: plainMoney(rate.amount, currency),
          }))
      : [{ from: '0', costs: '' }],
  };
}
