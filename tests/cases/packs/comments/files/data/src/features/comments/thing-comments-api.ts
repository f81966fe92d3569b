import { supabase } from '@/lib/supabase';

/** Fetches the comments on one thing. */
export function fetchThingComments(thingId: string) {
  return [supabase, 'thing_comments', thingId];
}
