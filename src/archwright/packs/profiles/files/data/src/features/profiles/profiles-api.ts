import type { QueryData } from '@supabase/supabase-js';
import { supabase } from '@/lib/supabase';
import { profileFields } from './profile-fields';

const selectProfile = () => supabase.from('profiles').select(profileFields);

/** A profile as the app shows it, with what is known about the viewer's part in it. */
export type Profile = QueryData<ReturnType<typeof selectProfile>>[number];

/** As much of a profile as a list of people shows. */
export type ProfileSummary = Pick<Profile, 'handle' | 'display_name' | 'avatar_path'>;

export interface ProfileChanges {
  handle?: string;
  display_name?: string;
  bio?: string;
  is_private?: boolean;
}

/** Null where nobody has this handle. Handles are in lower case; addresses need not be. */
export async function fetchProfile(handle: string, signal: AbortSignal): Promise<Profile | null> {
  const { data } = await selectProfile()
    .eq('handle', handle.toLowerCase())
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

export async function fetchProfileById(id: string, signal: AbortSignal): Promise<Profile> {
  const { data } = await selectProfile()
    .eq('id', id)
    .abortSignal(signal)
    .single()
    .throwOnError();
  return data;
}

export async function updateProfile(id: string, changes: ProfileChanges): Promise<Profile> {
  const { data } = await supabase
    .from('profiles')
    .update(changes)
    .eq('id', id)
    .select(profileFields)
    .single()
    .throwOnError();
  return data;
}

/** Whether nobody else has this handle; the database has the last word when it is saved. */
export async function isHandleFree(handle: string, signal: AbortSignal): Promise<boolean> {
  const { data } = await supabase
    .from('profiles')
    .select('id')
    .eq('handle', handle)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data === null;
}
