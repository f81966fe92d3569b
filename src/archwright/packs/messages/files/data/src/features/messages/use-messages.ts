import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { removeRow } from '@/lib/patch-row';
import { markConversationRead } from './conversations-api';
import { deleteMessage, fetchMessages, type Message } from './messages-api';

export function useMessages(conversationId: string) {
  return useInfiniteQuery({
    queryKey: ['messages', conversationId],
    queryFn: ({ pageParam, signal }) => fetchMessages(conversationId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
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
