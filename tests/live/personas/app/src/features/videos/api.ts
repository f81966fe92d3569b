import { supabase } from '@/lib/supabase';

export interface Video {
  id: string;
  caption: string;
  author: { handle: string };
}

export async function fetchVideos(): Promise<Video[]> {
  const { data } = await supabase
    .from('videos')
    .select('id, caption, author:profiles!videos_author_id_fkey(handle)')
    .order('made_at')
    .overrideTypes<Video[], { merge: false }>()
    .throwOnError();
  return data;
}

export async function renameVideo(id: string, caption: string): Promise<void> {
  await supabase.from('videos').update({ caption }).eq('id', id).select('id').single().throwOnError();
}
