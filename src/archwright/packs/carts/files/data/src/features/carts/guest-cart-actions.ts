import type { CartLine, KeptLine } from './carts-api';
import type { GuestCartState } from './guest-cart-store';

/** As many different things as a member's cart holds. */
const MOST_LINES = 100;

type Priced = Pick<CartLine, 'id' | 'amount'>;

function withPrices(lines: readonly KeptLine[], priced: readonly Priced[]): KeptLine[] {
  const amounts = new Map(priced.map(({ id, amount }) => [id, amount]));
  return lines.map((line) => ({
    ...line,
    seenAmount: amounts.get(line.variantId) ?? line.seenAmount,
  }));
}

/** What a guest has chosen: it stays in this browser until they sign in, and goes into their cart then. */
export function guestCartActions(
  set: (change: Partial<GuestCartState>) => void,
  get: () => GuestCartState,
) {
  return {
    /** So many of a variant, none of it with 0; what it cost first is kept. False where the cart is full. */
    setLine: ({ variantId, quantity, seenAmount }: KeptLine): boolean => {
      const { lines } = get();
      const known = lines.some((line) => line.variantId === variantId);
      if (quantity <= 0) {
        set({ lines: lines.filter((line) => line.variantId !== variantId) });
      } else if (known) {
        const change = (line: KeptLine) =>
          line.variantId === variantId ? { ...line, quantity } : line;
        set({ lines: lines.map(change) });
      } else if (lines.length >= MOST_LINES) {
        return false;
      } else {
        set({ lines: [...lines, { variantId, quantity, seenAmount }] });
      }
      return true;
    },
    /** What things cost when they were put in, of those of which that is not known yet. */
    rememberPrices: (priced: readonly Priced[]) => {
      const { lines } = get();
      if (lines.every((line) => line.seenAmount !== null)) return;
      const known = lines.filter((line) => line.seenAmount === null);
      const fresh = withPrices(known, priced);
      set({ lines: lines.map((line) => fresh[known.indexOf(line)] ?? line) });
    },
    /** The guest has seen what things cost now. */
    acceptPrices: (priced: readonly Priced[]) => set({ lines: withPrices(get().lines, priced) }),
    /** These lines are in a member's cart now. */
    forget: (merged: readonly KeptLine[]) =>
      set({ lines: get().lines.filter((line) => !merged.includes(line)) }),
  };
}
