import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleAddress } from '@/test/sample-address';
import type { Address } from './addresses-api';
import { useDefaultAddress, useDeleteAddress, useSaveAddress } from './use-addresses';

const home = sampleAddress({ id: 'home', default_shipping: true, default_billing: true });
const work = sampleAddress({ id: 'work' });

function render<Result>(hook: () => Result) {
  const client = new QueryClient();
  client.setQueryData(['addresses', 'own'], [home, work]);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const rows = () => client.getQueryData<Address[]>(['addresses', 'own']);
  return { rows, ...renderHook(hook, { wrapper }) };
}

describe('useDefaultAddress', () => {
  it('takes the default from the other at once', async () => {
    const rest = fakeRest({ set_default_address: null });
    const { rows, result } = render(useDefaultAddress);
    act(() => result.current.mutate({ id: 'work', default_shipping: true, default_billing: false }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(rows()).toEqual([
      { ...home, default_shipping: false },
      { ...work, default_shipping: true },
    ]);
    expect(JSON.parse(rest.mock.calls[0]?.[1]?.body as string)).toEqual({
      p_address: 'work',
      p_shipping: true,
      p_billing: false,
    });
  });

  it('gives it back when it is refused', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ set_default_address: { code: 'P0002', message: 'gone' } }, 404);
    const { rows, result } = render(useDefaultAddress);
    act(() => result.current.mutate({ id: 'work', default_shipping: false, default_billing: true }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(rows()).toEqual([home, work]);
  });
});

describe('useDeleteAddress', () => {
  it('puts an address back that could not be deleted', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ addresses: { code: '42501', message: 'denied' } }, 403);
    const { rows, result } = render(useDeleteAddress);
    act(() => result.current.mutate('home'));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(rows()).toEqual([home, work]);
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe('useSaveAddress', () => {
  it('leaves the defaults of an address alone that it changes', async () => {
    const rest = fakeRest({ addresses: null });
    const { result } = render(useSaveAddress);
    const { id, ...input } = home;
    act(() => result.current.mutate({ id, ...input, city: 'Potsdam' }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    const sent = JSON.parse(rest.mock.calls[0]?.[1]?.body as string) as object;
    expect(rest.mock.calls[0]?.[1]?.method).toBe('PATCH');
    expect(sent).toMatchObject({ city: 'Potsdam' });
    expect(sent).not.toHaveProperty('default_shipping');
  });
});
