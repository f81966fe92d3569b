import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { describe, expect, it, vi } from 'vitest';
import { PAGE_SIZE } from '@/lib/keyset';
import { fakeRest } from '@/test/fake-supabase';
import { fetchSavedThings } from './thing-bookmarks-api';
import { useSaveThing } from './use-saved-things';

const { signal } = new AbortController();

function address(rest: ReturnType<typeof fakeRest>): URL {
  const [input] = rest.mock.calls[0] ?? [];
  return new URL(input instanceof Request ? input.url : String(input));
}

describe('fetchSavedThings', () => {
  it('gives the things and goes on by when they were saved', async () => {
    const rows = Array.from({ length: PAGE_SIZE }, (_, n) => ({
      id: `bookmark ${n}`,
      created_at: '2026-01-01',
      saved: { id: `thing ${n}` },
    }));
    const rest = fakeRest({ thing_bookmarks: rows });
    const page = await fetchSavedThings('c', null, signal);
    expect(page.rows[0]).toEqual(rows[0]?.saved);
    expect(page.next).toEqual({ at: '2026-01-01', id: `bookmark ${PAGE_SIZE - 1}` });
    expect(address(rest).searchParams.get('collection_id')).toBe('eq.c');
  });

  it('asks for everything without a collection', async () => {
    const rest = fakeRest({ thing_bookmarks: [] });
    expect(await fetchSavedThings(null, null, signal)).toEqual({ rows: [], next: null });
    expect(address(rest).searchParams.has('collection_id')).toBe(false);
  });
});

describe('useSaveThing', () => {
  function render() {
    const client = new QueryClient();
    client.setQueryData(['things', 'a'], { id: 'a', bookmark_count: 1, viewer_saved: false });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    return { client, ...renderHook(useSaveThing, { wrapper }) };
  }

  it('takes what is saved already for saved', async () => {
    fakeRest({ thing_bookmarks: { code: '23505', message: 'duplicate' } }, 409);
    const { client, result } = render();
    act(() => result.current.mutate({ id: 'a', saved: true }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(client.getQueryData(['things', 'a'])).toMatchObject({
      bookmark_count: 2,
      viewer_saved: true,
    });
  });

  it('takes it back when it is refused', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ thing_bookmarks: { code: '42501', message: 'denied' } }, 403);
    const { client, result } = render();
    act(() => result.current.mutate({ id: 'a', saved: true }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(client.getQueryData(['things', 'a'])).toMatchObject({
      bookmark_count: 1,
      viewer_saved: false,
    });
    expect(told).toHaveBeenCalledTimes(1);
  });
});
