import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SessionProvider } from '@/lib/session';
import { fakeAuth, fakeRest, sessionOf } from '@/test/fake-supabase';
import { useGuestCartStore } from './guest-cart-store';
import { useMergeCart } from './use-merge-cart';

const cup = { variantId: 'cup', quantity: 2, seenAmount: 900 };
const store = () => useGuestCartStore.getState();

afterEach(() => useGuestCartStore.setState({ lines: [] }));

describe('the cart of a guest', () => {
  it('changes how many, and keeps what it cost first', () => {
    store().setLine(cup);
    store().setLine({ ...cup, quantity: 3, seenAmount: 950 });
    expect(store().lines).toEqual([{ ...cup, quantity: 3 }]);
    store().rememberPrices([{ id: 'cup', amount: 950 }]);
    expect(store().lines).toEqual([{ ...cup, quantity: 3 }]);
    store().acceptPrices([{ id: 'cup', amount: 950 }]);
    expect(store().lines).toEqual([{ ...cup, quantity: 3, seenAmount: 950 }]);
    store().setLine({ ...cup, quantity: 0 });
    expect(store().lines).toEqual([]);
  });

  it('notes what things cost once that is known', () => {
    store().setLine({ ...cup, seenAmount: null });
    store().rememberPrices([{ id: 'cup', amount: 800 }]);
    store().rememberPrices([{ id: 'cup', amount: 700 }]);
    expect(store().lines[0]?.seenAmount).toBe(800);
  });

  it('holds a hundred different things', () => {
    const kept = Array.from({ length: 100 }, (_, n) => store().setLine({ ...cup, variantId: `${n}` }));
    expect(kept.every(Boolean)).toBe(true);
    expect(store().setLine(cup)).toBe(false);
    expect(store().setLine({ ...cup, variantId: '7', quantity: 9 })).toBe(true);
    expect(store().lines).toHaveLength(100);
  });
});

function renderMerge() {
  const auth = fakeAuth();
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <SessionProvider>{children}</SessionProvider>
    </QueryClientProvider>
  );
  renderHook(useMergeCart, { wrapper });
  return auth;
}

const merges = (rest: ReturnType<typeof fakeRest>) =>
  rest.mock.calls.filter(([input]) => JSON.stringify(input).includes('merge_cart'));

describe('useMergeCart', () => {
  it('waits for somebody to sign in, and empties the browser’s cart then', async () => {
    store().setLine(cup);
    const rest = fakeRest({ merge_cart: null });
    const auth = renderMerge();
    act(() => auth.emit('INITIAL_SESSION', null));
    expect(merges(rest)).toEqual([]);
    expect(store().lines).toHaveLength(1);
    act(() => auth.emit('SIGNED_IN', sessionOf('ann')));
    await waitFor(() => expect(store().lines).toEqual([]));
    expect(JSON.parse(merges(rest)[0]?.[1]?.body as string)).toEqual({
      p_lines: [{ variant_id: 'cup', quantity: 2 }],
    });
  });

  it('loses nothing when it is refused', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    store().setLine(cup);
    fakeRest({ merge_cart: { code: '23514', message: 'cart_full' } }, 400);
    const auth = renderMerge();
    act(() => auth.emit('INITIAL_SESSION', sessionOf('ann')));
    await waitFor(() => expect(told).toHaveBeenCalled());
    expect(store().lines).toEqual([cup]);
  });
});
