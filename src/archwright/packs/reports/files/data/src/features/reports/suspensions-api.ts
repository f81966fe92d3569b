import { supabase } from '@/lib/supabase';

/** Until when a member is suspended; null for those who are not. */
export async function fetchSuspendedUntil(
  userId: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { data } = await supabase
    .from('suspensions')
    .select('ends_at')
    .eq('user_id', userId)
    .gt('ends_at', new Date().toISOString())
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data?.ends_at ?? null;
}
