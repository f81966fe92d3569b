import type { Tables } from '@/lib/database.types';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

export type Board = Tables<'boards'>;

/** Returns one page of the member's boards, the latest first. */
export async function fetchBoards(cursor: Cursor | null, signal: AbortSignal): Promise<Board[]> {
  const query = keysetPage(supabase.from('boards').select('*'), cursor);
  const { data } = await query.abortSignal(signal).throwOnError();
  return data;
}
