import type { Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

export async function fetchNotifications(cursor: Cursor | null, signal: AbortSignal) {
  const { data } = await supabase
    .rpc(
      'notification_entries',
      cursor ? { p_before: cursor.at, p_before_id: cursor.id } : {},
    )
    .abortSignal(signal)
    .throwOnError();
  return data.map((row): NotificationEntry => row);
}

/** News about one thing on one day; the actor is the latest of `actor_count`. */
export interface NotificationEntry {
  id: string;
  kind: string;
  group_key: string;
  day: string;
  /** What it is about; null where that is the member's own account. */
  subject_id: string | null;
  actor_id: string;
  actor_handle: string;
  actor_name: string;
  actor_avatar_path: string | null;
  actor_count: number;
  is_unread: boolean;
  created_at: string;
}

/** At most 100: more is shown as "99+". */
export async function fetchUnreadCount(signal: AbortSignal): Promise<number> {
  const { data } = await supabase.rpc('unread_notifications').abortSignal(signal).throwOnError();
  return data;
}

export async function markRead(entry: Pick<NotificationEntry, 'group_key' | 'day'>) {
  await supabase
    .rpc('mark_notifications_read', { p_group_key: entry.group_key, p_day: entry.day })
    .throwOnError();
}

export async function markAllRead(until: string): Promise<void> {
  await supabase.rpc('mark_all_notifications_read', { p_until: until }).throwOnError();
}

/** The kinds of news that the member does not want. */
export async function fetchOptOuts(signal: AbortSignal): Promise<string[]> {
  const { data } = await supabase
    .from('notification_opt_outs')
    .select('kind')
    .abortSignal(signal)
    .throwOnError();
  return data.map((row) => row.kind);
}

export async function setWanted(kinds: readonly string[], wanted: boolean): Promise<void> {
  const table = supabase.from('notification_opt_outs');
  if (wanted) {
    await table.delete().in('kind', kinds).throwOnError();
    return;
  }
  const rows = kinds.map((kind) => ({ kind }));
  await table.upsert(rows, { onConflict: 'user_id,kind', ignoreDuplicates: true }).throwOnError();
}
