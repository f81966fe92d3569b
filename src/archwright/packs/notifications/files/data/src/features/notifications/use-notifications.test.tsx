import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import type { NotificationEntry } from './notifications-api';
import { useSetWanted } from './use-notification-preferences';
import { useMarkRead } from './use-notifications';

const entry: NotificationEntry = {
  id: 'n1',
  kind: 'film_liked',
  group_key: 'film_liked:f1',
  day: '2026-01-01',
  subject_id: 'f1',
  actor_id: 'bob',
  actor_handle: 'bob',
  actor_name: 'Bob',
  actor_avatar_path: null,
  actor_count: 1,
  is_unread: true,
  created_at: '2026-01-01T00:00:00Z',
};

let client: QueryClient;
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
});

describe('useMarkRead', () => {
  const KEY = ['notifications', 'entries'];
  const unread = () =>
    client.getQueryData<{ pages: NotificationEntry[][] }>(KEY)?.pages[0]?.[0]?.is_unread;

  beforeEach(() => {
    client.setQueryData(KEY, { pages: [[entry]], pageParams: [null] });
    client.setQueryData(['notifications', 'unread'], 1);
  });

  it('reads the entry at once and counts again', async () => {
    const request = fakeRest({ mark_notifications_read: null });
    const { result } = renderHook(useMarkRead, { wrapper });
    act(() => result.current.mutate(entry));
    await waitFor(() => expect(unread()).toBe(false));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(request.mock.calls[0]?.[1]?.body).toBe(
      JSON.stringify({ p_group_key: entry.group_key, p_day: entry.day }),
    );
    expect(client.getQueryState(['notifications', 'unread'])?.isInvalidated).toBe(true);
  });

  it('is unread again when that fails', async () => {
    fakeRest({ mark_notifications_read: { code: '57014', message: 'timeout' } }, 500);
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const { result } = renderHook(useMarkRead, { wrapper });
    act(() => result.current.mutate(entry));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(unread()).toBe(true);
  });
});

describe('useSetWanted', () => {
  const KEY = ['notification_opt_outs'];

  it('takes the switch back when the server refuses', async () => {
    client.setQueryData(KEY, ['followed']);
    fakeRest({ notification_opt_outs: { code: '42501', message: 'denied' } }, 403);
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const seen: unknown[] = [];
    client.getQueryCache().subscribe(() => seen.push(client.getQueryData(KEY)));
    const { result } = renderHook(useSetWanted, { wrapper });
    act(() => result.current.mutate({ kinds: ['film_liked'], wanted: false }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(seen).toContainEqual(['followed', 'film_liked']);
    expect(client.getQueryData(KEY)).toEqual(['followed']);
  });

  it('keeps what was chosen since when an earlier choice is refused', async () => {
    client.setQueryData(KEY, ['followed']);
    const refused = Promise.withResolvers<Response>();
    const send = vi.spyOn(globalThis, 'fetch').mockReturnValueOnce(refused.promise);
    send.mockResolvedValue(new Response(null, { status: 201 }));
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const { result } = renderHook(useSetWanted, { wrapper });
    act(() => result.current.mutate({ kinds: ['film_liked'], wanted: false }));
    await waitFor(() => expect(client.getQueryData(KEY)).toEqual(['followed', 'film_liked']));
    act(() => result.current.mutate({ kinds: ['mentioned'], wanted: false }));
    await waitFor(() => expect(client.getQueryData(KEY)).toContain('mentioned'));
    refused.resolve(Response.json({ code: '42501', message: 'denied' }, { status: 403 }));
    await waitFor(() => expect(client.isMutating()).toBe(0));
    expect(client.getQueryData(KEY)).toEqual(['followed', 'mentioned']);
  });
});
