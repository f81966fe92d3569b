import type { Thing } from '@/features/things/things-api';
import { thingFields } from '@/features/things/thing-fields';
import { isDuplicate } from '@/lib/errors';
import { keysetPage, nextCursor, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** A page of what is saved; the cursor is of the bookmarks, which are ordered by when. */
interface SavedPage {
  rows: Thing[];
  next: Cursor | null;
}

/** What one saved, latest first: all of it, or one collection. */
export async function fetchSavedThings(
  collectionId: string | null,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<SavedPage> {
  const all = supabase
    .from('thing_bookmarks')
    .select(`id, created_at, saved:things!inner(${thingFields})`);
  const wanted = collectionId === null ? all : all.eq('collection_id', collectionId);
  const { data } = await keysetPage(wanted, cursor).abortSignal(signal).throwOnError();
  return { rows: data.map((bookmark) => bookmark.saved), next: nextCursor(data) };
}

/** The collection that a thing is saved in; null for none, and for what is not saved. */
export async function fetchThingBookmark(thingId: string, signal: AbortSignal) {
  const { data } = await supabase
    .from('thing_bookmarks')
    .select('id, collection_id')
    .eq('thing_id', thingId)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** Saves a thing. One that is saved already stays where it is. */
export async function saveThing(thingId: string): Promise<void> {
  const { error } = await supabase.from('thing_bookmarks').insert({ thing_id: thingId });
  if (error && !isDuplicate(error)) throw error;
}

/** Of all bookmarks, only one's own can be deleted or moved. */
export async function unsaveThing(thingId: string): Promise<void> {
  await supabase.from('thing_bookmarks').delete().eq('thing_id', thingId).throwOnError();
}

export async function moveThing(thingId: string, collectionId: string | null): Promise<void> {
  await supabase
    .from('thing_bookmarks')
    .update({ collection_id: collectionId })
    .eq('thing_id', thingId)
    .throwOnError();
}
