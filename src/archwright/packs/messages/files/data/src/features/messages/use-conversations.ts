import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { errorMessage } from '@/lib/errors';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { usePersonalLive } from '@/lib/live';
import { useSession, useUserId } from '@/lib/session';
import {
  fetchCanMessage,
  fetchConversations,
  fetchLatestMessageTime,
  fetchParticipants,
  fetchUnreadConversations,
  openConversation,
} from './conversations-api';
import { polling } from './polling';

/**
 * All conversations. While nobody tells what is new it is asked for, and what is asked often is one
 * row: when it has changed, the list is fetched again.
 */
export function useConversations() {
  const client = useQueryClient();
  const userId = useUserId();
  const told = usePersonalLive();
  const { data: latest } = useQuery({
    queryKey: ['conversations', 'latest'],
    queryFn: ({ signal }) => fetchLatestMessageTime(userId, signal),
    ...polling(!told),
  });
  useEffect(() => {
    if (latest) void client.invalidateQueries({ queryKey: ['conversations', 'list'] });
  }, [client, latest]);
  return useInfiniteQuery({
    queryKey: ['conversations', 'list'],
    queryFn: ({ pageParam, signal }) => fetchConversations(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows, { column: 'last_message_at' }),
  });
}

/** In how many conversations there is something new. */
export function useUnreadConversations() {
  const { userId } = useSession();
  const told = usePersonalLive();
  return useQuery({
    queryKey: ['conversations', 'unread'],
    enabled: userId !== null,
    queryFn: ({ signal }) => fetchUnreadConversations(userId ?? '', signal),
    refetchInterval: told ? false : 30_000,
    refetchOnWindowFocus: true,
  });
}

/** Who takes part; with `poll` asked again and again, and the messages when something was written. */
export function useParticipants(conversationId: string, poll = false) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['conversation_participants', conversationId],
    queryFn: ({ signal }) => fetchParticipants(conversationId, signal),
    ...polling(poll),
  });
  const latest = query.data?.[0]?.last_message_at;
  const known = useRef(latest);
  useEffect(() => {
    if (known.current !== latest && known.current !== undefined && poll)
      void client.invalidateQueries({ queryKey: ['messages', conversationId] });
    known.current = latest;
  }, [client, conversationId, latest, poll]);
  return query;
}

export function useCanMessage(memberId: string) {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['conversations', 'may', memberId],
    enabled: userId !== null && userId !== memberId,
    queryFn: ({ signal }) => fetchCanMessage(memberId, signal),
  });
}

/** Goes to the conversation with a member, which is begun where there is none. */
export function useOpenConversation() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: openConversation,
    onSuccess: (id) => navigate(`/messages/${id}`),
    onError: (error) => toast.error(errorMessage(error, t)),
  });
}
