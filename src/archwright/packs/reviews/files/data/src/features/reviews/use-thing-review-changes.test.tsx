import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThingReview } from '@/test/sample-thing-review';
import { useDeleteThingReview, useVoteForThingReview } from './use-thing-review-changes';

let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const key = ['thing_reviews', 'of', 'a'];
const shown = () => client.getQueryData<object[]>(key);

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(key, [sampleThingReview({ id: 'r' })]);
});

describe('useVoteForThingReview', () => {
  it('counts at once', async () => {
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useVoteForThingReview, { wrapper });
    act(() => result.current.mutate({ id: 'r', helpful: true }));
    const voted = { helpful_count: 3, viewer_found_helpful: true };
    await waitFor(() => expect(shown()).toMatchObject([voted]));
    answer.resolve(Response.json(null, { status: 201 }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(shown()).toMatchObject([voted]);
  });

  it('takes the vote back with a message when it is refused', async () => {
    const told = vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ thing_review_votes: { code: '42501', message: 'denied' } }, 403);
    const { result } = renderHook(useVoteForThingReview, { wrapper });
    act(() => result.current.mutate({ id: 'r', helpful: true }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject([{ helpful_count: 2, viewer_found_helpful: false }]);
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe('useDeleteThingReview', () => {
  it('puts the review back when it cannot be deleted', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useDeleteThingReview, { wrapper });
    act(() => result.current.mutate('r'));
    await waitFor(() => expect(shown()).toEqual([]));
    answer.resolve(Response.json({ code: '57014', message: 'timeout' }, { status: 500 }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(shown()).toMatchObject([{ id: 'r' }]);
  });
});
