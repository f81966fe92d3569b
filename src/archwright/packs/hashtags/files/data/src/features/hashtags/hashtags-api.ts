import type { QueryData } from '@supabase/supabase-js';
import type { Thing } from '@/features/things/things-api';
import { thingFields } from '@/features/things/thing-fields';
import { keysetPage, nextCursor, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { hashtagFields } from './hashtag-fields';

const selectHashtag = () => supabase.from('hashtags').select(hashtagFields);

export type Hashtag = QueryData<ReturnType<typeof selectHashtag>>[number];

/** A page of what names a hashtag; the cursor is of the uses, which are ordered by when. */
interface TaggedPage {
  rows: Thing[];
  next: Cursor | null;
}

/** Null for a hashtag that nobody has used. */
export async function fetchHashtag(tag: string, signal: AbortSignal): Promise<Hashtag | null> {
  const { data } = await selectHashtag()
    .eq('tag', tag)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** What names a hashtag, latest first. */
export async function fetchTaggedThings(
  hashtagId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<TaggedPage> {
  const query = supabase
    .from('thing_hashtags')
    .select(`id, created_at, tagged:things!inner(${thingFields})`)
    .eq('hashtag_id', hashtagId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return { rows: data.map((use) => use.tagged), next: nextCursor(data) };
}

/** What is named most at the moment. */
export async function fetchTrendingHashtags(signal: AbortSignal): Promise<Hashtag[]> {
  const { data } = await supabase
    .rpc('trending_hashtags', { p_limit: 12 })
    .select(hashtagFields)
    .abortSignal(signal)
    .throwOnError();
  return data;
}
