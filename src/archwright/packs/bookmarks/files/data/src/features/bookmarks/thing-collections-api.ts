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
  const { data } = await supabase
    .from('thing_collections')
    .select(FIELDS)
    .eq('id', id)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

export async function createThingCollection(name: string): Promise<void> {
  await supabase.from('thing_collections').insert({ name }).throwOnError();
}

export async function renameThingCollection(id: string, name: string): Promise<void> {
  await supabase.from('thing_collections').update({ name }).eq('id', id).throwOnError();
}

export async function deleteThingCollection(id: string): Promise<void> {
  await supabase.from('thing_collections').delete().eq('id', id).throwOnError();
}
