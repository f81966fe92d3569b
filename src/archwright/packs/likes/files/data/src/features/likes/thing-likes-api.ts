import { isDuplicate } from '@/lib/errors';
import { supabase } from '@/lib/supabase';

/** Likes a thing. One that is liked already stays so. */
export async function likeThing(thingId: string): Promise<void> {
  const { error } = await supabase.from('thing_likes').insert({ thing_id: thingId });
  if (error && !isDuplicate(error)) throw error;
}

/** Takes one's like back: of all likes, only one's own can be deleted. */
export async function unlikeThing(thingId: string): Promise<void> {
  await supabase.from('thing_likes').delete().eq('thing_id', thingId).throwOnError();
}
