import { supabase } from '@/lib/supabase';

export async function fetchDays(days: number, signal: AbortSignal) {
  const { data } = await supabase
    .rpc('studio_days', { p_days: days })
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** The numbers of one day. */
export type Day = Awaited<ReturnType<typeof fetchDays>>[number];

export interface TopVideo {
  id: string;
  caption: string;
  thumbnail_path: string | null;
  views: number;
  likes: number;
  comments: number;
}

export async function fetchTopVideos(days: number, signal: AbortSignal) {
  const { data } = await supabase
    .rpc('studio_top_videos', { p_days: days })
    .abortSignal(signal)
    .throwOnError();
  return data.map((row): TopVideo => row);
}
