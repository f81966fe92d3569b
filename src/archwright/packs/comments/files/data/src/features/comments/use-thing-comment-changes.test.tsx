import { QueryClient, QueryClientProvider, type InfiniteData } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThingComment } from '@/test/sample-thing-comment';
import type { ThingComment } from './thing-comments-api';
import { useAddThingComment, usePendingThingComments } from './use-add-thing-comment';
import { useDeleteThingComment } from './use-delete-thing-comment';
import { repliesKey, threadsKey, useThingComments } from './use-thing-comments';

const thread = sampleThingComment({ id: 'p', thing_id: 'a', reply_count: 1 });
const reply = sampleThingComment({ id: 'r', thing_id: 'a', parent_id: 'p' });

let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const count = () => client.getQueryData<{ comment_count: number }>(['things', 'a'])?.comment_count;
const rows = (key: readonly unknown[]) =>
  client.getQueryData<InfiniteData<ThingComment[]>>(key)?.pages.flat() ?? [];

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(['things', 'a'], { id: 'a', comment_count: 2 });
  client.setQueryData(threadsKey('a'), { pages: [[thread]], pageParams: [null] });
  client.setQueryData(repliesKey('p'), { pages: [[reply]], pageParams: [null] });
});

describe('useAddThingComment', () => {
  const useBoth = () => ({
    add: useAddThingComment(),
    pending: usePendingThingComments('a', null),
  });

  it('counts and shows a comment at once, then puts the real one on top', async () => {
    const answer = Promise.withResolvers<Response>();
    const rest = fakeRest({ thing_comments: sampleThingComment({ id: 'new', thing_id: 'a' }) });
    rest.mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useBoth, { wrapper });
    act(() => result.current.add.mutate({ thing_id: 'a', parent_id: null, body: 'Hi' }));
    await waitFor(() => expect(count()).toBe(3));
    expect(result.current.pending.map(({ draft }) => draft.body)).toEqual(['Hi']);
    answer.resolve(Response.json({ id: 'new' }));
    await waitFor(() => expect(result.current.add.isSuccess).toBe(true));
    expect(rows(threadsKey('a')).map(({ id }) => id)).toEqual(['new', 'p']);
    expect(result.current.pending).toEqual([]);
    expect(count()).toBe(3);
  });

  it('tells two equal comments on their way apart', async () => {
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValue(answer.promise);
    const { result } = renderHook(useBoth, { wrapper });
    const comment = { thing_id: 'a', parent_id: null, body: 'Hi' };
    act(() => {
      result.current.add.mutate(comment);
      result.current.add.mutate(comment);
    });
    await waitFor(() => expect(result.current.pending).toHaveLength(2));
    expect(new Set(result.current.pending.map(({ key }) => key)).size).toBe(2);
  });

  it('puts a reply at the end of its thread', async () => {
    const saved = sampleThingComment({ id: 'new', thing_id: 'a', parent_id: 'p' });
    fakeRest({ thing_comments: saved });
    const { result } = renderHook(useBoth, { wrapper });
    act(() => result.current.add.mutate({ thing_id: 'a', parent_id: 'p', body: 'Yes' }));
    await waitFor(() => expect(result.current.add.isSuccess).toBe(true));
    expect(rows(repliesKey('p')).map(({ id }) => id)).toEqual(['r', 'new']);
    expect(rows(threadsKey('a'))[0]?.reply_count).toBe(2);
  });

  it('takes the count back when it is refused', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ thing_comments: { code: '42501', message: 'denied' } }, 403);
    const { result } = renderHook(useBoth, { wrapper });
    act(() => result.current.add.mutate({ thing_id: 'a', parent_id: 'p', body: 'Yes' }));
    await waitFor(() => expect(result.current.add.isError).toBe(true));
    expect(count()).toBe(2);
    expect(rows(threadsKey('a'))[0]?.reply_count).toBe(1);
  });
});

describe('useDeleteThingComment', () => {
  it('empties a comment that has replies, and leaves it standing', async () => {
    fakeRest({ delete_thing_comment: null });
    const { result } = renderHook(useDeleteThingComment, { wrapper });
    act(() => result.current.mutate(thread));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(rows(threadsKey('a'))[0]).toMatchObject({ id: 'p', body: '', author: null });
    expect(rows(threadsKey('a'))[0]?.deleted_at).not.toBeNull();
    expect(count()).toBe(1);
  });

  it('takes a deleted comment along with the last of its replies', async () => {
    const empty = { ...thread, author: null, body: '', deleted_at: '2026-01-02T00:00:00Z' };
    client.setQueryData(threadsKey('a'), { pages: [[empty]], pageParams: [null] });
    fakeRest({ delete_thing_comment: null, thing_comments: [empty] });
    const useBoth = () => ({ remove: useDeleteThingComment(), threads: useThingComments('a') });
    const { result } = renderHook(useBoth, { wrapper });
    expect(result.current.threads.data?.pages.flat()).toHaveLength(1);
    act(() => result.current.remove.mutate(reply));
    await waitFor(() => expect(result.current.threads.data?.pages.flat()).toEqual([]));
  });

  it('brings a reply back when it may not be deleted', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const answer = Promise.withResolvers<Response>();
    fakeRest({}).mockReturnValueOnce(answer.promise);
    const { result } = renderHook(useDeleteThingComment, { wrapper });
    act(() => result.current.mutate(reply));
    await waitFor(() => expect(rows(repliesKey('p'))).toEqual([]));
    expect(rows(threadsKey('a'))[0]?.reply_count).toBe(0);
    answer.resolve(Response.json({ code: '42501', message: 'not yours' }, { status: 403 }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(rows(repliesKey('p')).map(({ id }) => id)).toEqual(['r']);
    expect(rows(threadsKey('a'))[0]?.reply_count).toBe(1);
    expect(count()).toBe(2);
  });
});
