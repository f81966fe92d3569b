import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleProduct } from '@/test/sample-product';
import { fetchViewedProducts, fetchViewsKept } from './product-views-api';
import { useClearProductViews, useKeepProductViews, VIEWED } from './use-product-views';

const { signal } = new AbortController();
let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const shown = () => client.getQueryData<{ id: string }[]>(VIEWED)?.map(({ id }) => id);

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(VIEWED, [sampleProduct({ id: 'a' }), sampleProduct({ id: 'b' })]);
});

describe('what was viewed', () => {
  it('leaves out what is no longer to be seen', async () => {
    fakeRest({ product_views: [{ product: null }, { product: sampleProduct({ id: 'a' }) }] });
    expect(await fetchViewedProducts(signal)).toMatchObject([{ id: 'a' }]);
  });

  it('is kept unless somebody said otherwise', async () => {
    fakeRest({ product_view_settings: [] });
    expect(await fetchViewsKept(signal)).toBe(true);
    fakeRest({ product_view_settings: [{ keep: false }] });
    expect(await fetchViewsKept(signal)).toBe(false);
  });
});

describe('useClearProductViews', () => {
  it('forgets one or all at once', async () => {
    fakeRest({ clear_product_views: null });
    const { result } = renderHook(useClearProductViews, { wrapper });
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(shown()).toEqual(['b']));
    act(() => result.current.mutate(null));
    await waitFor(() => expect(shown()).toEqual([]));
  });

  it('puts them back when that fails', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ clear_product_views: { message: 'no' } }, 500);
    const { result } = renderHook(useClearProductViews, { wrapper });
    act(() => result.current.mutate(null));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toEqual(['a', 'b']);
  });
});

describe('useKeepProductViews', () => {
  it('forgets everything when it is switched off', async () => {
    fakeRest({ keep_product_views: null });
    const { result } = renderHook(useKeepProductViews, { wrapper });
    act(() => result.current.mutate(false));
    await waitFor(() => expect(shown()).toEqual([]));
  });
});
