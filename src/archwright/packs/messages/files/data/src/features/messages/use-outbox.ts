import {
  mutationOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { isUnreachable } from '@/lib/errors';
import type { Cursor } from '@/lib/keyset';
import { isRetryable } from '@/lib/query-client';
import { useSession } from '@/lib/session';
import { sendMessage, type Message } from './messages-api';
import type { Outgoing } from './outbox-actions';
import { useOutboxStore } from './outbox-store';

type Pages = InfiniteData<Message[], Cursor | null>;
type Sending = Pick<Outgoing, 'id' | 'conversationId' | 'body'>;

const OUTBOX = ['outbox'];
const MOST_TRIES = 4;

function withMessage(data: Pages | undefined, message: Message): Pages | undefined {
  const first = data?.pages[0];
  if (!data || !first || first.some((row) => row.id === message.id)) return data;
  return { ...data, pages: [[message, ...first], ...data.pages.slice(1)] };
}

/** One that was discarded, or that another account had written, is not sent any more. */
async function deliver(message: Sending): Promise<Message | null> {
  const { outgoing } = useOutboxStore.getState();
  return outgoing.some(({ id }) => id === message.id) ? sendMessage(message) : null;
}

/**
 * Sends the messages of a conversation one after the other. What does not get through is tried until
 * it does, under the same id, so that it arrives once; what is refused stays for its sender to decide.
 */
function delivery(client: QueryClient, conversationId: string) {
  const { fail, remove } = useOutboxStore.getState();
  return mutationOptions({
    mutationKey: OUTBOX,
    scope: { id: `messages:${conversationId}` },
    mutationFn: deliver,
    retry: (tries, error) => isUnreachable(error) || (isRetryable(error) && tries < MOST_TRIES),
    retryDelay: (tries) => Math.min(1000 * 2 ** tries, 5000),
    onSuccess: async (message: Message | null, { id }: Sending) => {
      const queryKey = ['messages', conversationId];
      if (message) client.setQueryData<Pages>(queryKey, (data) => withMessage(data, message));
      else await client.invalidateQueries({ queryKey });
      remove(id);
      await client.invalidateQueries({ queryKey: ['conversations'] });
    },
    onError: (_error: Error, { id }: Sending) => fail(id),
  });
}

export function useSendMessage(conversationId: string) {
  const client = useQueryClient();
  const { add, retry, remove } = useOutboxStore();
  const { mutate } = useMutation(delivery(client, conversationId));
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

/** Takes up what was on its way when the app was closed. */
export function useOutboxDelivery(): void {
  const client = useQueryClient();
  const { userId } = useSession();
  useEffect(() => {
    if (userId === null) return;
    const cache = client.getMutationCache();
    const underWay = cache.findAll({ mutationKey: OUTBOX, status: 'pending' });
    const known = new Set(underWay.map(({ state }) => (state.variables as Sending).id));
    for (const message of useOutboxStore.getState().outgoing) {
      if (message.failed || known.has(message.id)) continue;
      const sending = cache.build(client, delivery(client, message.conversationId));
      sending.execute(message).catch(() => undefined); // it is marked as not sent
    }
  }, [client, userId]);
}
