import { errorCode } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

const FIELDS = 'id, name, created_at';

/** One's own collections, latest first: nobody else's can be read. */
export async function fetchThingCollections(cursor: Cursor | null, signal: AbortSignal) {
  const query = keysetPage(supabase.from('thing_collections').select(FIELDS), cursor);
  const { data } = await query.abortSignal(signal).throwOnError();
  return data;
}

export type ThingCollection = Awaited<ReturnType<typeof fetchThingCollections>>[number];

export async function fetchThingCollection(
  id: string,
  signal: AbortSignal,
): Promise<ThingCollection | null> {
  const { data, error } = await supabase
    .from('thing_collections')
    .select(FIELDS)
    .eq('id', id)
    .abortSignal(signal)
    .maybeSingle();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data;
}

/** The id of the new collection. */
export async function createThingCollection(name: string): Promise<string> {
  const { data } = await supabase
    .from('thing_collections')
    .insert({ name })
    .select('id')
    .single()
    .throwOnError();
  return data.id;
}

export async function renameThingCollection(id: string, name: string): Promise<void> {
  await supabase.from('thing_collections').update({ name }).eq('id', id).throwOnError();
}

export async function deleteThingCollection(id: string): Promise<void> {
  await supabase.from('thing_collections').delete().eq('id', id).throwOnError();
}
