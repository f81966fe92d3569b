import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow, type Undo } from '@/lib/patch-row';
import { useSession } from '@/lib/session';
import {
  acceptCartPrices,
  fetchCart,
  fetchGuestCart,
  setCartLine,
  type CartLine,
  type KeptLine,
} from './carts-api';
import { useGuestCartStore } from './guest-cart-store';

const MINE = ['cart_lines', 'mine'] as const;

/** A guest's lines with what things cost when they were put in. */
function asSeen(found: CartLine[], lines: readonly KeptLine[]): CartLine[] {
  const seen = new Map(lines.map(({ variantId, seenAmount }) => [variantId, seenAmount]));
  return found.map((line) => ({ ...line, seen_amount: seen.get(line.id) ?? line.amount }));
}

/** The cart of whoever is here: the member's, or what this browser keeps for a guest. */
export function useCart() {
  const { status, userId } = useSession();
  const lines = useGuestCartStore((state) => state.lines);
  const rememberPrices = useGuestCartStore((state) => state.rememberPrices);
  const kept = lines.map((line) => `${line.variantId} ${line.quantity}`);
  return useQuery({
    queryKey: userId === null ? ['cart_lines', 'guest', ...kept] : MINE,
    queryFn: async ({ signal }) => {
      if (userId !== null) return fetchCart(signal);
      const found = await fetchGuestCart(lines, signal);
      rememberPrices(found);
      return found;
    },
    select: (found) => (userId === null ? asSeen(found, lines) : found),
    enabled: status !== 'loading',
    placeholderData: keepPreviousData,
  });
}

function showLine(client: QueryClient, { variantId, quantity }: KeptLine): Undo {
  return quantity <= 0
    ? removeRow(client, 'cart_lines', variantId)
    : patchRow<CartLine>(client, 'cart_lines', variantId, { quantity });
}

/** Puts so many of a variant into the cart, none with 0: at once on screen, and in the browser for guests. */
export function useSetCartLine() {
  const { t } = useTranslation();
  const { userId } = useSession();
  const setGuestLine = useGuestCartStore((state) => state.setLine);
  const { mutate, isPending } = useOptimisticMutation<KeptLine>({
    mutationKey: ['cart_lines', 'set'],
    tables: ['cart_lines'],
    refetch: true,
    mutationFn: ({ variantId, quantity }) => setCartLine(variantId, quantity),
    optimistic: showLine,
  });
  const setLine = (line: KeptLine, onDone?: () => void) => {
    if (userId !== null) mutate(line, { onSuccess: () => onDone?.() });
    else if (setGuestLine(line)) onDone?.();
    else toast.error(t('carts.full'));
  };
  return { setLine, isPending };
}

/** From now on the present prices are those that were seen. */
export function useAcceptPrices() {
  const { userId } = useSession();
  const acceptAsGuest = useGuestCartStore((state) => state.acceptPrices);
  const { mutate } = useOptimisticMutation<readonly CartLine[]>({
    mutationKey: ['cart_lines', 'accept'],
    tables: ['cart_lines'],
    refetch: true,
    mutationFn: acceptCartPrices,
    optimistic: (client, lines) =>
      lines.map((line) =>
        patchRow<CartLine>(client, 'cart_lines', line.id, { seen_amount: line.amount }),
      ),
  });
  return (lines: readonly CartLine[]) => {
    if (userId !== null) mutate(lines);
    else acceptAsGuest(lines);
  };
}
