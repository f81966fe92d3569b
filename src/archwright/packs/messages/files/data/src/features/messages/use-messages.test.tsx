import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import type { Message } from './messages-api';
import { useOutboxStore } from './outbox-store';
import { useDeleteMessage, useSendMessage } from './use-messages';

const old: Message = {
  id: 'm1',
  conversation_id: 'c1',
  sender_id: 'ann',
  body: 'hello',
  created_at: '2026-01-01T00:00:00Z',
};

describe('messages', () => {
  let client: QueryClient;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const shown = () =>
    client
      .getQueryData<{ pages: Message[][] }>(['messages', 'c1'])
      ?.pages.flat()
      .map((message) => message.body);
  const outgoing = () => useOutboxStore.getState().outgoing;

  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(['messages', 'c1'], { pages: [[old]], pageParams: [null] });
    useOutboxStore.setState({ outgoing: [] });
  });

  it('leave the outbox when the server has them', async () => {
    fakeRest({ messages: { ...old, id: 'm2', body: 'how are you?' } });
    const { result } = renderHook(() => useSendMessage('c1'), { wrapper });
    act(() => result.current.send('how are you?'));
    expect(outgoing()).toMatchObject([{ body: 'how are you?', failed: false }]);
    await waitFor(() => expect(outgoing()).toEqual([]));
    expect(shown()).toEqual(['how are you?', 'hello']);
  });

  it('are sent again under the same id', async () => {
    const request = fakeRest({ messages: { code: '57014', message: 'timeout' } }, 500);
    const { result } = renderHook(() => useSendMessage('c1'), { wrapper });
    act(() => result.current.send('hm'));
    await waitFor(() => expect(outgoing()).toMatchObject([{ failed: true }]));
    const [message] = outgoing();
    act(() => {
      if (message) result.current.retry(message);
    });
    await waitFor(() => expect(request).toHaveBeenCalledTimes(2));
    expect(request.mock.calls[1]?.[1]?.body).toBe(request.mock.calls[0]?.[1]?.body);
    expect(request.mock.calls[1]?.[1]?.body).toContain(message?.id);
  });

  it('count as sent when they had arrived already', async () => {
    fakeRest({ messages: { code: '23505', message: 'duplicate key value' } }, 409);
    const { result } = renderHook(() => useSendMessage('c1'), { wrapper });
    act(() => result.current.send('twice'));
    await waitFor(() => expect(outgoing()).toEqual([]));
    expect(client.getQueryState(['messages', 'c1'])?.isInvalidated).toBe(true);
  });

  it('come back when they cannot be deleted', async () => {
    fakeRest({ messages: { code: '42501', message: 'denied' } }, 403);
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const seen: unknown[] = [];
    client.getQueryCache().subscribe(() => seen.push(shown()));
    const { result } = renderHook(useDeleteMessage, { wrapper });
    act(() => result.current.mutate(old));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(seen).toContainEqual([]);
    expect(shown()).toEqual(['hello']);
  });
});
