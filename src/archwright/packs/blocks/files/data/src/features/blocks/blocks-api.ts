import type { Cursor } from '@/lib/keyset';
import { isDuplicate } from '@/lib/errors';
import { supabase } from '@/lib/supabase';

/** Someone whom the member keeps away; `created_at` is since when. */
export interface KeptAway {
  id: string;
  handle: string;
  display_name: string;
  avatar_path: string | null;
  created_at: string;
}

const pageArgs = (cursor: Cursor | null) =>
  cursor ? { p_before: cursor.at, p_before_id: cursor.id } : {};

export async function fetchBlocked(
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<KeptAway[]> {
  const { data } = await supabase
    .rpc('blocked_members', pageArgs(cursor))
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export async function fetchMuted(cursor: Cursor | null, signal: AbortSignal): Promise<KeptAway[]> {
  const { data } = await supabase
    .rpc('muted_members', pageArgs(cursor))
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export async function blockMember(id: string): Promise<void> {
  const { error } = await supabase.from('blocks').insert({ blocked_id: id });
  if (error && !isDuplicate(error)) throw error;
}

export async function unblockMember(id: string): Promise<void> {
  await supabase.from('blocks').delete().eq('blocked_id', id).throwOnError();
}

/** Whether the member has muted this person. */
export async function fetchIsMuted(id: string, signal: AbortSignal): Promise<boolean> {
  const { data } = await supabase
    .from('mutes')
    .select('muted_id')
    .eq('muted_id', id)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data !== null;
}

export async function muteMember(id: string): Promise<void> {
  const { error } = await supabase.from('mutes').insert({ muted_id: id });
  if (error && !isDuplicate(error)) throw error;
}

export async function unmuteMember(id: string): Promise<void> {
  await supabase.from('mutes').delete().eq('muted_id', id).throwOnError();
}
