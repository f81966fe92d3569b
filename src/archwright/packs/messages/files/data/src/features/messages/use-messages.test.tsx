import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import type { Message } from './messages-api';
import { useDeleteMessage } from './use-messages';

const old: Message = {
  id: 'm1',
  conversation_id: 'c1',
  sender_id: 'ann',
  body: 'hello',
  created_at: '2026-01-01T00:00:00Z',
};

describe('messages', () => {
  it('come back when they cannot be deleted', async () => {
    const client = new QueryClient();
    client.setQueryData(['messages', 'c1'], { pages: [[old]], pageParams: [null] });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    const shown = () =>
      client
        .getQueryData<{ pages: Message[][] }>(['messages', 'c1'])
        ?.pages.flat()
        .map((message) => message.body);
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
