//% if target.table == 'videos'
import { videoFields } from '@/features/videos/video-fields';
//% endif
//% if target.table == 'profiles'
import { profileFields } from '@/features/profiles/profile-fields';
//% endif
//% if target.table == 'hashtags'
import { hashtagFields } from '@/features/hashtags/hashtag-fields';
//% endif
//% if target.table == 'sounds'
import { soundFields } from '@/features/sounds/sound-fields';
//% endif
import { supabase } from '@/lib/supabase';
import { searchArgs, searchPage, type RankCursor } from './search-rank';

//% if target.table == 'videos'
const fields = videoFields;
//% endif
//% if target.table == 'profiles'
const fields = profileFields;
//% endif
//% if target.table == 'hashtags'
const fields = hashtagFields;
//% endif
//% if target.table == 'sounds'
const fields = soundFields;
//% endif
//% if target.table not in ('videos', 'profiles', 'hashtags', 'sounds')
const fields = 'id, search_name';
//% endif

/** One page of the things that match, the best first. */
export async function searchThings(
  query: string,
  cursor: RankCursor | null,
  signal: AbortSignal,
) {
  const { data: found } = await supabase
    .rpc('search_things', searchArgs(query, cursor))
    .abortSignal(signal)
    .throwOnError();
  if (found.length === 0) return { rows: [], next: null };
  const { data: rows } = await supabase
    .from('things')
    .select(fields)
    .in(
      'id',
      found.map(({ id }) => id),
    )
    .abortSignal(signal)
    .throwOnError();
  return searchPage(found, rows);
}
