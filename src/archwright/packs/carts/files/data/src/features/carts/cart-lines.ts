import type { CartLine } from './carts-api';

/** At most so many of one thing are in a cart. */
export const MOST = 99;

/** How many things are in a cart. */
export function countThings(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** Whether a line can be bought as it is: it is sold, and there are enough. */
export function isBuyable(line: CartLine): boolean {
  return line.amount !== null && line.in_stock && (line.left_count ?? MOST) >= line.quantity;
}

/** More than so many cannot be chosen. */
export function mostOf(line: CartLine): number {
  return Math.max(1, Math.min(MOST, line.left_count ?? MOST));
}

/** Whether one costs more or less than when it was put in. */
export function priceChange(line: CartLine): 'up' | 'down' | null {
  if (line.amount === null || line.seen_amount === null) return null;
  if (line.amount === line.seen_amount) return null;
  return line.amount > line.seen_amount ? 'up' : 'down';
}

/** The sum of what can be bought, in minor units, by currency: what comes first in the cart comes first. */
export function subtotals(lines: readonly CartLine[]): { currency: string; amount: number }[] {
  const sums = new Map<string, number>();
  for (const line of lines) {
    if (!isBuyable(line) || line.amount === null || line.currency === null) continue;
    sums.set(line.currency, (sums.get(line.currency) ?? 0) + line.amount * line.quantity);
  }
  return Array.from(sums, ([currency, amount]) => ({ currency, amount }));
}
