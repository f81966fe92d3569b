import { supabase } from '@/lib/supabase';

/** Fetches the comments on one series. */
export function fetchSeriesComments(seriesId: string) {
  return [supabase, 'series_comments', seriesId];
}
