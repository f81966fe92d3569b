import type { QueryData } from '@supabase/supabase-js';
import { thingFields } from '@/features/things/thing-fields';
import type { Thing } from '@/features/things/things-api';
import { errorCode } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';
import { soundFields } from './sound-fields';

const selectSound = () => supabase.from('sounds').select(soundFields);

export type Sound = QueryData<ReturnType<typeof selectSound>>[number];

/** Null where there is no such sound. */
export async function fetchSound(id: string, signal: AbortSignal): Promise<Sound | null> {
  const { data, error } = await selectSound().eq('id', id).abortSignal(signal).maybeSingle();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data;
}

/** One page of what uses a sound, as far as the viewer may see it, newest first. */
export async function fetchThingsOfSound(
  soundId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Thing[]> {
  const query = supabase.from('things').select(thingFields).eq('sound_id', soundId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return data;
}

export async function renameSound(id: string, title: string): Promise<void> {
  await supabase.from('sounds').update({ title }).eq('id', id).throwOnError();
}
