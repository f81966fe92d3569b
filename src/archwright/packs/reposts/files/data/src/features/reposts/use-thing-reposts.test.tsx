import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { useCountThingShare, useRepostedThings, useRepostThing } from './use-thing-reposts';

let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const shown = () => client.getQueryData(['things', 'one']);

beforeEach(() => {
  client = new QueryClient();
  const thing = { id: 'a', repost_count: 1, share_count: 5, viewer_reposted: false };
  client.setQueryData(['things', 'one'], thing);
});

describe('useRepostedThings', () => {
  it('gives the things themselves, page by page', async () => {
    fakeRest({ thing_reposts: [{ id: 'r', created_at: '2026-01-01', reposted: { id: 'a' } }] });
    const { result } = renderHook(() => useRepostedThings('ann'), { wrapper });
    await waitFor(() => expect(result.current.data?.pages).toEqual([[{ id: 'a' }]]));
    expect(result.current.hasNextPage).toBe(false);
  });
});

describe('useRepostThing', () => {
  it('takes a repost back when it is refused', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useRepostThing, { wrapper });
    act(() => result.current.mutate({ id: 'a', userId: 'ann', reposted: true }));
    await waitFor(() => expect(shown()).toMatchObject({ repost_count: 2, viewer_reposted: true }));
    answer.resolve(Response.json({ code: '42501', message: 'denied' }, { status: 403 }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject({ repost_count: 1, viewer_reposted: false });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('takes what is reposted already for done', async () => {
    fakeRest({ thing_reposts: { code: '23505', message: 'duplicate' } }, 409);
    const { result } = renderHook(useRepostThing, { wrapper });
    act(() => result.current.mutate({ id: 'a', userId: 'ann', reposted: true }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(shown()).toMatchObject({ viewer_reposted: true });
  });
});

describe('useCountThingShare', () => {
  it('counts a member once', async () => {
    fakeRest({ thing_shares: [{ thing_id: 'a' }] }, 201);
    const { result } = renderHook(useCountThingShare, { wrapper });
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(shown()).toMatchObject({ share_count: 6 }));
    fakeRest({ thing_shares: [] });
    act(() => result.current.mutate('a'));
    await waitFor(() => expect(result.current.data).toBe(false));
    expect(shown()).toMatchObject({ share_count: 6 });
  });
});
