import { useMutation, useQueryClient } from '@tanstack/react-query';
import { resumeQueries, useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow } from '@/lib/patch-row';
import { deleteVideo, updateVideo, type Video, type VideoChanges } from './videos-api';

/** Changes caption and visibility at once, and takes that back when the database refuses. */
export function useUpdateVideo() {
  return useOptimisticMutation<{ id: string; changes: VideoChanges }, void>({
    mutationKey: ['videos', 'update'],
    tables: ['videos'],
    mutationFn: ({ id, changes }) => updateVideo(id, changes),
    optimistic: (client, { id, changes }) => patchRow<Video>(client, 'videos', id, changes),
  });
}

/** Deletes a video. Not at once: what is gone for good should be seen to be gone. */
export function useDeleteVideo() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: ['videos', 'delete'],
    mutationFn: (video: Video) => deleteVideo(video),
    onSuccess: async (_data, video) => {
      await client.cancelQueries({ queryKey: ['videos'] });
      removeRow(client, 'videos', video.id);
      await client.invalidateQueries({ queryKey: ['videos'], refetchType: 'none' });
      await resumeQueries(client, 'videos');
    },
  });
}
