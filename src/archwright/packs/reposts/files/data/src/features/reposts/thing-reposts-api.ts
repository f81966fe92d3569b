import type { Thing } from '@/features/things/things-api';
import { thingFields } from '@/features/things/thing-fields';
import { isDuplicate } from '@/lib/errors';
import { keysetPage, nextCursor, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** A page of what somebody reposted; the cursor is of the reposts, which are ordered by when. */
interface RepostedPage {
  rows: Thing[];
  next: Cursor | null;
}

/** What a member reposted, as far as the viewer may see it, latest first. */
export async function fetchRepostedThings(
  profileId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<RepostedPage> {
  const query = supabase
    .from('thing_reposts')
    .select(`id, created_at, reposted:things!inner(${thingFields})`)
    .eq('user_id', profileId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return { rows: data.map((repost) => repost.reposted), next: nextCursor(data) };
}

/** Reposts a thing. One that is reposted already stays so. */
export async function repostThing(thingId: string): Promise<void> {
  const { error } = await supabase.from('thing_reposts').insert({ thing_id: thingId });
  if (error && !isDuplicate(error)) throw error;
}

/** Of all reposts, only one's own can be deleted. */
export async function undoRepostThing(thingId: string, userId: string): Promise<void> {
  await supabase
    .from('thing_reposts')
    .delete()
    .eq('user_id', userId)
    .eq('thing_id', thingId)
    .throwOnError();
}

/** Counts that the link was shared; false where this member is counted already. */
export async function countThingShare(thingId: string): Promise<boolean> {
  // to share twice is no conflict: the browser would note the refusal as an error
  const { data } = await supabase
    .from('thing_shares')
    .upsert({ thing_id: thingId }, { onConflict: 'user_id,thing_id', ignoreDuplicates: true })
    .select('thing_id')
    .throwOnError();
  return data.length > 0;
}
