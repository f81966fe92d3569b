import type { Thing } from '@/features/things/things-api';
import { thingFields } from '@/features/things/thing-fields';
import { nextCursor, PAGE_SIZE, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

const NEWEST: Cursor = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** A page of what one liked; the cursor is of the likes, which are ordered by when. */
interface LikedPage {
  rows: Thing[];
  next: Cursor | null;
}

/** What one liked, latest first: nobody else's likes can be read. A like is known by its thing. */
export async function fetchLikedThings(
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<LikedPage> {
  const { at, id } = cursor ?? NEWEST;
  const { data } = await supabase
    .from('thing_likes')
    .select(`id:thing_id, created_at, liked:things!inner(${thingFields})`)
    .lte('created_at', at)
    .or(`created_at.lt."${at}",thing_id.lt.${id}`)
    .order('created_at', { ascending: false })
    .order('thing_id', { ascending: false })
    .limit(PAGE_SIZE)
    .abortSignal(signal)
    .throwOnError();
  return { rows: data.map((like) => like.liked), next: nextCursor(data) };
}
