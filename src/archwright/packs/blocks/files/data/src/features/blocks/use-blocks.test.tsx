import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { useBlock, useUnblock } from './use-blocks';

const bob = { id: '00000000-0000-4000-8000-00000000000b', handle: 'bob' };

describe('blocking', () => {
  let client: QueryClient;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const listed = () => client.getQueryData<{ pages: (typeof bob)[][] }>(['blocks', 'list']);

  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    client.setQueryData(['blocks', 'list'], { pages: [[bob]], pageParams: [null] });
  });

  it('makes everything on screen be asked for again', async () => {
    const request = fakeRest({});
    client.setQueryData(['videos', 'feed'], []);
    vi.spyOn(toast, 'success').mockReturnValue(1);
    const { result } = renderHook(useBlock, { wrapper });
    act(() => result.current.mutate(bob));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(request.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ blocked_id: bob.id }),
    });
    expect(client.getQueryState(['videos', 'feed'])?.isInvalidated).toBe(true);
  });

  it('counts a block that is there already as done', async () => {
    fakeRest({ blocks: { code: '23505', message: 'duplicate key value' } }, 409);
    const done = vi.spyOn(toast, 'success').mockReturnValue(1);
    const { result } = renderHook(useBlock, { wrapper });
    act(() => result.current.mutate(bob));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(done).toHaveBeenCalledWith(i18n.t('blocks.blocked', { handle: 'bob' }));
  });

  it('takes someone off the list at once, and back on it when that fails', async () => {
    fakeRest({ blocks: { code: '57014', message: 'timeout' } }, 500);
    const shown = vi.spyOn(toast, 'error').mockReturnValue(1);
    const seen: unknown[] = [];
    client.getQueryCache().subscribe(() => seen.push(listed()?.pages[0]));
    const { result } = renderHook(useUnblock, { wrapper });
    act(() => result.current.mutate(bob));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(seen).toContainEqual([]);
    expect(listed()?.pages[0]).toEqual([bob]);
    expect(shown).toHaveBeenCalledWith(i18n.t('app.errorTimeout'));
  });
});
