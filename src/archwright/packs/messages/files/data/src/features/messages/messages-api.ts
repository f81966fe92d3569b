import type { QueryData } from '@supabase/supabase-js';
import { isDuplicate } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

const selectMessages = () =>
  supabase.from('messages').select('id, conversation_id, sender_id, body, created_at');

export type Message = QueryData<ReturnType<typeof selectMessages>>[number];

export async function fetchMessages(
  conversationId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
) {
  const query = selectMessages().eq('conversation_id', conversationId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return data;
}

/** Null where it had arrived already: the id is the sender's, so a second try makes no second one. */
export async function sendMessage(message: {
  id: string;
  conversationId: string;
  body: string;
}): Promise<Message | null> {
  const { id, conversationId, body } = message;
  const { data, error } = await supabase
    .from('messages')
    .insert({ id, conversation_id: conversationId, body })
    .select('id, conversation_id, sender_id, body, created_at')
    .single();
  if (error && isDuplicate(error)) return null;
  if (error) throw error;
  return data;
}

export async function deleteMessage(id: string): Promise<void> {
  await supabase.from('messages').delete().eq('id', id).throwOnError();
}
