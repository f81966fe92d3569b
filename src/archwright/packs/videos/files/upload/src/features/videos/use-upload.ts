import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { isAbort } from '@/lib/errors';
import { discardUpload, removeLeftovers, uploadVideo, type Upload, type UploadSteps } from './upload-api';

type UploadRequest = Pick<Upload, 'file' | 'facts' | 'draft' | 'userId'>;

/** Asks before the tab is closed while something is under way. */
function useLeaveWarning(active: boolean) {
  useEffect(() => {
    if (!active) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}

/**
 * Uploads a video with progress; a failed upload can be sent again and goes on where it stopped.
 * `videoId` is the row of an upload that was left unfinished earlier.
 */
export function useUpload(videoId: string | null) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const steps = useRef<UploadSteps | null>(null);
  const sent = useRef<File | null>(null);
  const abort = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState(0);

  const mutation = useMutation({
    mutationKey: ['videos', 'upload'],
    mutationFn: async (request: UploadRequest) => {
      steps.current ??= videoId === null ? {} : { videoId };
      if (sent.current !== null && sent.current !== request.file) {
        await discardUpload(steps.current, false).catch(() => undefined);
      }
      sent.current = request.file;
      abort.current = new AbortController();
      setProgress(0);
      const { signal } = abort.current;
      try {
        return await uploadVideo(steps.current, { ...request, signal, onProgress: setProgress });
      } catch (error) {
        // a row that was there before the upload stays, to be uploaded again or deleted; so does
        // one that cannot be deleted now: it is among its author's videos
        if (isAbort(error)) {
          await discardUpload(steps.current, videoId === null).catch(() => undefined);
        }
        throw error;
      }
    },
    onSuccess: () => {
      toast.success(t('videos.published')); // also for those who went on to another page
      // nobody waits for it, and the next upload tries again
      void removeLeftovers().catch(() => undefined);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['videos'] }),
  });
  useLeaveWarning(mutation.isPending);

  return {
    upload: mutation.mutate,
    cancel: () => abort.current?.abort(),
    progress,
    uploading: mutation.isPending,
    error: isAbort(mutation.error) ? null : mutation.error,
    videoId: mutation.data ?? null,
  };
}
