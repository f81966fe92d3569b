import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetAccount } from '@/lib/account-change';
import { SessionProvider } from '@/lib/session';
import { fakeAuth, fakeRest, sessionOf } from '@/test/fake-supabase';
import type { Message } from './messages-api';
import { useOutboxStore } from './outbox-store';
import { useOutboxDelivery, useSendMessage } from './use-outbox';

const old: Message = {
  id: 'm1',
  conversation_id: 'c1',
  sender_id: 'ann',
  body: 'hello',
  created_at: '2026-01-01T00:00:00Z',
};
const unreachable = () => Promise.reject(new TypeError('fetch failed'));

describe('messages on their way', () => {
  let client: QueryClient;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <SessionProvider>{children}</SessionProvider>
    </QueryClientProvider>
  );
  const shown = () =>
    client
      .getQueryData<{ pages: Message[][] }>(['messages', 'c1'])
      ?.pages.flat()
      .map((message) => message.body);
  const outgoing = () => useOutboxStore.getState().outgoing;
  const posted = (request: ReturnType<typeof fakeRest>) =>
    request.mock.calls.flatMap(([, init]) => (init?.method === 'POST' ? [init.body] : []));

  function renderOutbox() {
    const { result } = renderHook(() => useSendMessage('c1'), { wrapper });
    return {
      send: (body: string) => act(() => result.current.send(body)),
      retry: () =>
        act(() => {
          for (const message of outgoing()) result.current.retry(message);
        }),
    };
  }

  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(['messages', 'c1'], { pages: [[old]], pageParams: [null] });
    useOutboxStore.setState({ outgoing: [] });
    fakeAuth();
  });
  afterEach(() => {
    useOutboxStore.setState({ outgoing: [] });
    client.clear();
    vi.useRealTimers();
  });

  it('leave the outbox when the server has them', async () => {
    fakeRest({ messages: { ...old, id: 'm2', body: 'how are you?' } });
    const { send } = renderOutbox();
    send('how are you?');
    expect(outgoing()).toMatchObject([{ body: 'how are you?', failed: false }]);
    await waitFor(() => expect(outgoing()).toEqual([]));
    expect(shown()).toEqual(['how are you?', 'hello']);
  });

  it('go through by themselves once there is a connection, in order and each once', async () => {
    vi.useFakeTimers();
    const request = fakeRest({});
    const answer = request.getMockImplementation() ?? fetch;
    request.mockImplementation(unreachable);
    const { send } = renderOutbox();
    send('first');
    send('second');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outgoing()).toMatchObject([{ failed: false }, { failed: false }]);
    const ids = outgoing().map(({ id }) => id);
    request.mockClear().mockImplementation(answer);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(outgoing()).toEqual([]);
    expect(posted(request)).toEqual(ids.map((id) => expect.stringContaining(id)));
  });

  it('wait for their sender where they are refused, and are sent again under the same id', async () => {
    const request = fakeRest({ messages: { code: '42501', message: 'denied' } }, 403);
    const { send, retry } = renderOutbox();
    send('hm');
    await waitFor(() => expect(outgoing()).toMatchObject([{ failed: true }]));
    retry();
    await waitFor(() => expect(posted(request)).toHaveLength(2));
    expect(posted(request)[1]).toBe(posted(request)[0]);
    await waitFor(() => expect(outgoing()).toMatchObject([{ failed: true }]));
  });

  it('count as sent when they had arrived already', async () => {
    fakeRest({ messages: { code: '23505', message: 'duplicate key value' } }, 409);
    const { send } = renderOutbox();
    send('twice');
    await waitFor(() => expect(outgoing()).toEqual([]));
    expect(client.getQueryState(['messages', 'c1'])?.isInvalidated).toBe(true);
  });

  it('are never sent in the name of the next account', async () => {
    vi.useFakeTimers();
    const request = fakeRest({});
    const answer = request.getMockImplementation() ?? fetch;
    request.mockImplementation(unreachable);
    const { send } = renderOutbox();
    send('from ann');
    await vi.advanceTimersByTimeAsync(1000);
    forgetAccount();
    request.mockClear().mockImplementation(answer);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(posted(request)).toEqual([]);
  });

  it('are taken up again after the app was closed', async () => {
    const auth = fakeAuth();
    const message = { conversationId: 'c1', createdAt: old.created_at };
    useOutboxStore.setState({
      outgoing: [
        { ...message, id: 'kept', body: 'kept', failed: false },
        { ...message, id: 'refused', body: 'refused', failed: true },
      ],
    });
    const request = fakeRest({ messages: { ...old, id: 'kept', body: 'kept' } });
    renderHook(useOutboxDelivery, { wrapper });
    act(() => auth.emit('INITIAL_SESSION', sessionOf('ann')));
    await waitFor(() => expect(outgoing()).toMatchObject([{ id: 'refused', failed: true }]));
    expect(posted(request)).toEqual([expect.stringContaining('kept')]);
  });
});
