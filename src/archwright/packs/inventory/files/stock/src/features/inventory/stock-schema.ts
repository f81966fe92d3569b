import { z } from 'zod';

export const changeKinds = ['receipt', 'adjustment', 'transfer'] as const;

/** A change of stock as the form has it: an adjustment may go below zero and says why. */
export const stockSchema = z
  .object({
    kind: z.enum(changeKinds),
    placeId: z.string().min(1),
    toPlaceId: z.string(),
    quantity: z
      .string()
      .trim()
      .regex(/^[+-]?\d{1,7}$/, 'inventory.quantityForm')
      .transform(Number),
    reason: z.string().trim().max(200),
  })
  .superRefine(({ kind, placeId, toPlaceId, quantity, reason }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (quantity === 0 || (quantity < 0 && kind !== 'adjustment')) {
      wrong('quantity', 'inventory.quantityForm');
    }
    if (kind === 'adjustment' && reason === '') wrong('reason', 'inventory.reasonMissing');
    if (kind !== 'transfer') return;
    if (toPlaceId === '') wrong('toPlaceId', 'app.fieldRequired');
    else if (toPlaceId === placeId) wrong('toPlaceId', 'inventory.sameLocation');
  });
