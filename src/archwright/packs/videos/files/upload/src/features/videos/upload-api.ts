import { removeFiles, uploadFile } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import type { UploadDraft } from './upload-draft';
import { VideoFileError, type VideoFacts } from './video-file';

/** How far an upload has come; a second try goes on from there. */
export interface UploadSteps {
  videoId?: string;
  videoPath?: string;
  thumbnailPath?: string;
}

export interface Upload {
  file: File;
  facts: VideoFacts;
  draft: UploadDraft;
  userId: string;
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
}

async function saveRow(id: string | undefined, draft: UploadDraft): Promise<string> {
  if (id !== undefined) {
    await supabase.from('videos').update(draft).eq('id', id).throwOnError();
    return id;
  }
  const { data } = await supabase.from('videos').insert(draft).select('id').single().throwOnError();
  return data.id;
}

/** Row, files, publication, in this order, so that a file never stands alone for long. */
export async function uploadVideo(steps: UploadSteps, upload: Upload): Promise<string> {
  const { file, facts, draft, userId, signal, onProgress } = upload;
  const { thumbnail } = facts;
  steps.videoId = await saveRow(steps.videoId, draft);
  steps.videoPath ??= await uploadFile({ bucket: 'videos', file, userId, onProgress, signal });
  if (thumbnail) {
    steps.thumbnailPath ??= await uploadFile({
      bucket: 'thumbnails',
      file: thumbnail,
      userId,
      signal,
    });
  }
  signal.throwIfAborted();
  const { data: status } = await supabase
    .rpc('publish_video', {
      p_video_id: steps.videoId,
      p_video_path: steps.videoPath,
      ...(steps.thumbnailPath !== undefined && { p_thumbnail_path: steps.thumbnailPath }),
      p_duration_ms: facts.durationMs,
      p_width: facts.width,
      p_height: facts.height,
    })
    .throwOnError();
  if (status === 'failed') throw new VideoFileError('videos.refused');
  return steps.videoId;
}

/** Deletes what earlier uploads and deletions left in storage because they were cut short. */
export async function removeLeftovers(): Promise<void> {
  const { data: files } = await supabase.rpc('leftover_video_files').throwOnError();
  for (const [bucket, found] of Map.groupBy(files, (file) => file.bucket)) {
    await removeFiles(
      bucket,
      found.map((file) => file.path),
    );
  }
}

/** Takes back the files that an upload has left, and with `row` the video itself. */
export async function discardUpload(steps: UploadSteps, row: boolean): Promise<void> {
  const { videoId, videoPath, thumbnailPath } = steps;
  if (row && videoId !== undefined) {
    await supabase.from('videos').delete().eq('id', videoId).throwOnError();
    delete steps.videoId;
  }
  delete steps.videoPath;
  delete steps.thumbnailPath;
  if (videoPath !== undefined) await removeFiles('videos', [videoPath]);
  if (thumbnailPath !== undefined) await removeFiles('thumbnails', [thumbnailPath]);
}
