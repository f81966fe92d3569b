import type { QueryData } from '@supabase/supabase-js';
import type { Enums } from '@/lib/database.types';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import type { ReportReason } from './reports-api';

export type ModerationAction = Enums<'moderation_action'>;

/** Something that was reported, with all open reports of it. */
export interface QueueEntry {
  /** The first report: the entry's place in the queue. */
  id: string;
  created_at: string;
  subject_kind: string;
  subject_id: string;
  preview: string;
  owner_handle: string | null;
  owner_name: string | null;
  report_count: number;
  reasons: string[];
  details: string[];
}

export async function fetchQueue(cursor: Cursor | null, signal: AbortSignal) {
  const { data } = await supabase
    .rpc('moderation_queue', cursor ? { p_after: cursor.at, p_after_id: cursor.id } : {})
    .abortSignal(signal)
    .throwOnError();
  return data.map((row): QueueEntry => row);
}

const selectLog = () =>
  supabase
    .from('moderation_actions')
    .select(
      'id, action, subject_kind, subject_id, reason, note, suspended_until, in_force, created_at, moderator:profiles!moderation_actions_moderator_id_fkey(display_name), owner:profiles!moderation_actions_owner_id_fkey(handle, display_name)',
    );

export type LogEntry = QueryData<ReturnType<typeof selectLog>>[number];

export async function fetchLog(cursor: Cursor | null, signal: AbortSignal) {
  const { data } = await keysetPage(selectLog(), cursor).abortSignal(signal).throwOnError();
  return data;
}

export interface Decision {
  kind: string;
  id: string;
  action: ModerationAction;
  /** The rule that was broken; whoever it is about is told. */
  reason: ReportReason | null;
  note: string;
  /** How long a suspension lasts. */
  days: number;
}

export async function decide({ kind, id, action, reason, note, days }: Decision): Promise<void> {
  await supabase
    .rpc('moderate_subject', {
      p_kind: kind,
      p_subject: id,
      p_action: action,
      p_note: note,
      p_days: days,
      ...(reason !== null && { p_reason: reason }),
    })
    .throwOnError();
}

/** Reasons that this version of the app has a text for. */
export function isReason(reason: string, known: readonly string[]): reason is ReportReason {
  return known.includes(reason);
}
