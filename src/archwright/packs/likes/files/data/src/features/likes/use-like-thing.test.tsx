import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { likeThing, unlikeThing } from './thing-likes-api';
import { useLikeThing } from './use-like-thing';

let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const shown = () => client.getQueryData<object[]>(['things', 'list'])?.[0];

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(['things', 'list'], [{ id: 'a', like_count: 4, viewer_liked: false }]);
});

describe('useLikeThing', () => {
  it('shows the like before the server has answered', async () => {
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useLikeThing, { wrapper });
    act(() => result.current.mutate({ id: 'a', liked: true }));
    await waitFor(() => expect(shown()).toMatchObject({ like_count: 5, viewer_liked: true }));
    answer.resolve(Response.json(null, { status: 201 }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(shown()).toMatchObject({ like_count: 5, viewer_liked: true });
  });

  it('counts a second like of the same person as none', async () => {
    fakeRest({ thing_likes: { code: '23505', message: 'duplicate' } }, 409);
    client.setQueryData(['things', 'list'], [{ id: 'a', like_count: 4, viewer_liked: true }]);
    const { result } = renderHook(useLikeThing, { wrapper });
    act(() => result.current.mutate({ id: 'a', liked: true }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(shown()).toMatchObject({ like_count: 4, viewer_liked: true });
  });

  it('takes it back with a message when it is refused', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ thing_likes: { code: '42501', message: 'denied' } }, 403);
    const { result } = renderHook(useLikeThing, { wrapper });
    act(() => result.current.mutate({ id: 'a', liked: true }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject({ like_count: 4, viewer_liked: false });
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe('the requests', () => {
  it('write and delete the one like', async () => {
    const rest = fakeRest({});
    await likeThing('a');
    await unlikeThing('a');
    const [like, unlike] = rest.mock.calls;
    expect(like?.[1]).toMatchObject({ method: 'POST', body: '{"thing_id":"a"}' });
    expect(unlike?.[1]).toMatchObject({ method: 'DELETE' });
    expect(unlike?.[0]).toEqual(expect.stringMatching(/thing_likes\?thing_id=eq\.a$/));
  });
});
