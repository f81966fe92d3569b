import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { removeRow } from '@/lib/patch-row';
import { markConversationRead } from './conversations-api';
import { deleteMessage, fetchMessages, sendMessage, type Message } from './messages-api';
import type { Outgoing } from './outbox-actions';
import { useOutboxStore } from './outbox-store';

type Pages = InfiniteData<Message[], Cursor | null>;

export function useMessages(conversationId: string) {
  return useInfiniteQuery({
    queryKey: ['messages', conversationId],
    queryFn: ({ pageParam, signal }) => fetchMessages(conversationId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

function withMessage(data: Pages | undefined, message: Message): Pages | undefined {
  const first = data?.pages[0];
  if (!data || !first || first.some((row) => row.id === message.id)) return data;
  return { ...data, pages: [[message, ...first], ...data.pages.slice(1)] };
}

/** Sends messages one after the other. One that fails stays, to be sent again under the same id. */
export function useSendMessage(conversationId: string) {
  const client = useQueryClient();
  const { add, fail, retry, remove } = useOutboxStore();
  const { mutate } = useMutation({
    scope: { id: `messages:${conversationId}` },
    mutationFn: sendMessage,
    onSuccess: async (message, { id }) => {
      const queryKey = ['messages', conversationId];
      if (message) client.setQueryData<Pages>(queryKey, (data) => withMessage(data, message));
      else await client.invalidateQueries({ queryKey });
      remove(id);
      await client.invalidateQueries({ queryKey: ['conversations'] });
    },
    onError: (_error, { id }) => fail(id),
  });
  return {
    send: (body: string) => {
      const id = crypto.randomUUID();
      const message = { id, conversationId, body, createdAt: new Date().toISOString() };
      add({ ...message, failed: false });
      mutate(message);
    },
    retry: (message: Outgoing) => {
      retry(message.id);
      mutate(message);
    },
    discard: remove,
  };
}

export function useDeleteMessage() {
  return useOptimisticMutation<Message>({
    mutationKey: ['messages', 'delete'],
    tables: ['messages', 'conversations'],
    mutationFn: ({ id }) => deleteMessage(id),
    optimistic: (client, { id }) => removeRow(client, 'messages', id),
  });
}

/** Reading is no action of the person's: where it fails, the next message brings another try. */
export function useMarkConversationRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ conversationId, until }: { conversationId: string; until: string }) =>
      markConversationRead(conversationId, until),
    onSuccess: () => client.invalidateQueries({ queryKey: ['conversations'] }),
  });
}
