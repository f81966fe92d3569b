import { z } from 'zod';
import { parseMoney } from '@/features/stores/money';

export const promotionKinds = ['percentage', 'fixed', 'free_shipping'] as const;

export const emptyPromotion = {
  name: '',
  kind: 'percentage' as const,
  value: '',
  minimum: '',
  code: '',
  days: '',
  most: '',
  stackable: false,
};

function percentOf(text: string): number | null {
  const number = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : 0;
  return number > 0 && number <= 100 ? number : null;
}

/** A promotion as the form has it, in a store's currency; what is left empty is null. */
export function promotionSchema(currency: string) {
  return z
    .object({
      name: z.string().trim().min(1).max(80),
      kind: z.enum(promotionKinds),
      value: z.string().trim(),
      minimum: z.string().trim(),
      code: z
        .string()
        .trim()
        .regex(/^(?:[A-Za-z0-9-]{3,40})?$/, 'promotions.codeForm'),
      days: z
        .string()
        .trim()
        .regex(/^(?:[1-9]\d{0,2})?$/, 'promotions.wholeNumber'),
      most: z
        .string()
        .trim()
        .regex(/^(?:[1-9]\d{0,7})?$/, 'promotions.wholeNumber'),
      stackable: z.boolean(),
    })
    .transform(({ value, minimum, most, code, days, ...rest }, context) => {
      const wrong = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      const percent = rest.kind === 'percentage' ? percentOf(value) : null;
      const amount = rest.kind === 'fixed' ? parseMoney(value, currency) : null;
      if (rest.kind === 'percentage' && percent === null) wrong('value', 'promotions.percentForm');
      if (rest.kind === 'fixed' && !amount) wrong('value', 'promotions.valueForm');
      const least = minimum === '' ? null : parseMoney(minimum, currency);
      if (minimum !== '' && !least) wrong('minimum', 'promotions.valueForm');
      return {
        ...rest,
        percent,
        amount,
        minimum: least,
        code: code === '' ? null : code,
        days: days === '' ? null : Number(days),
        most: most === '' ? null : Number(most),
      };
    });
}
