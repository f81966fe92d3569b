import type { QueryData } from '@supabase/supabase-js';
import type { TablesUpdate } from '@/lib/database.types';
import { errorCode } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { removeFiles } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import { videoFields } from './video-fields';

const selectVideo = () => supabase.from('videos').select(videoFields);

/** A video as the app shows it, with its author and what is known about the viewer's part in it. */
export type Video = QueryData<ReturnType<typeof selectVideo>>[number];

export type VideoChanges = Pick<TablesUpdate<'videos'>, 'caption' | 'visibility'>;

/** Null where there is no such video, or none that the viewer may see. */
export async function fetchVideo(id: string, signal: AbortSignal): Promise<Video | null> {
  const { data, error } = await selectVideo().eq('id', id).abortSignal(signal).maybeSingle();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data;
}

/** One page of a member's videos, newest first; the author's own unfinished ones are among them. */
export async function fetchVideosOfAuthor(
  authorId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Video[]> {
  const { data } = await keysetPage(selectVideo().eq('author_id', authorId), cursor)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export async function updateVideo(id: string, changes: VideoChanges): Promise<void> {
  await supabase.from('videos').update(changes).eq('id', id).throwOnError();
}

/** Deletes the row, which is what makes the files readable, and then the files. */
export async function deleteVideo(
  video: Pick<Video, 'id' | 'video_path' | 'thumbnail_path'>,
): Promise<void> {
  await supabase.from('videos').delete().eq('id', video.id).throwOnError();
  const { video_path: file, thumbnail_path: picture } = video;
  // a file that no video names is closed to everyone else, and goes after the author's next upload
  if (file !== null) await removeFiles('videos', [file]).catch(() => undefined);
  if (picture !== null) await removeFiles('thumbnails', [picture]).catch(() => undefined);
}
