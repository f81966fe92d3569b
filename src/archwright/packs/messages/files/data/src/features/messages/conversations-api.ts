import { errorCode } from '@/lib/errors';
import type { Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** A conversation in the list. The names are null when the other one is gone or blocked. */
export interface Conversation {
  id: string;
  last_message_at: string;
  unread_count: number;
  member_handle: string | null;
  member_name: string | null;
  member_avatar_path: string | null;
  /** Null when the latest message was deleted and no other is left. */
  last_body: string | null;
  last_is_own: boolean | null;
}

export async function fetchConversations(cursor: Cursor | null, signal: AbortSignal) {
  const { data } = await supabase
    .rpc('my_conversations', cursor ? { p_before: cursor.at, p_before_id: cursor.id } : {})
    .abortSignal(signal)
    .throwOnError();
  return data.map((row): Conversation => row);
}

/** When the member's latest message was written; null while there is none. */
export async function fetchLatestMessageTime(
  userId: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { data } = await supabase
    .from('conversation_participants')
    .select('last_message_at')
    .eq('user_id', userId)
    .not('last_message_at', 'is', null)
    .order('last_message_at', { ascending: false })
    .limit(1)
    .abortSignal(signal)
    .throwOnError();
  return data[0]?.last_message_at ?? null;
}

export interface Participant {
  user_id: string;
  last_read_at: string;
  last_message_at: string | null;
  /** Null when the member is gone or blocked. */
  profile: { handle: string; display_name: string; avatar_path: string | null } | null;
}

/** Those who take part; nobody where the conversation is not the caller's. */
export async function fetchParticipants(
  conversationId: string,
  signal: AbortSignal,
): Promise<Participant[]> {
  const { data, error } = await supabase
    .from('conversation_participants')
    .select(
      'user_id, last_read_at, last_message_at, profile:profiles!conversation_participants_user_id_fkey(handle, display_name, avatar_path)',
    )
    .eq('conversation_id', conversationId)
    .abortSignal(signal);
  if (errorCode(error) === '22P02') return []; // an address that holds no id at all
  if (error) throw error;
  return data;
}

export async function fetchUnreadConversations(
  userId: string,
  signal: AbortSignal,
): Promise<number> {
  const { count } = await supabase
    .from('conversation_participants')
    .select('conversation_id', { count: 'exact', head: true })
    .eq('user_id', userId)
    .gt('unread_count', 0)
    .abortSignal(signal)
    .throwOnError();
  return count ?? 0;
}

export async function fetchCanMessage(memberId: string, signal: AbortSignal): Promise<boolean> {
  const { data } = await supabase
    .rpc('can_message', { p_member: memberId })
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** The id of the one conversation with a member. */
export async function openConversation(memberId: string): Promise<string> {
  const { data } = await supabase
    .rpc('find_or_create_conversation', { p_member: memberId })
    .throwOnError();
  return data;
}

export async function markConversationRead(conversationId: string, until: string): Promise<void> {
  await supabase
    .rpc('mark_conversation_read', { p_conversation: conversationId, p_until: until })
    .throwOnError();
}
