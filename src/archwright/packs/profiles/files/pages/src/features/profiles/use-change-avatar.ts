import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isAbort } from '@/lib/errors';
import { patchRow } from '@/lib/patch-row';
import { avatarProblem, changeAvatar } from './avatar-api';
import type { Profile } from './profiles-api';

/** Saves a picture; while that is under way, `preview` is its address on this device. */
export function useChangeAvatar(profile: Profile) {
  const client = useQueryClient();
  const abort = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState(0);
  const [preview, setPreview] = useState<string | null>(null);

  const mutation = useMutation({
    mutationFn: (file: File | null) => {
      const problem = file && avatarProblem(file);
      if (problem) return Promise.reject(Object.assign(new Error('refused'), problem));
      const { id: userId, avatar_path: oldPath } = profile;
      abort.current = new AbortController();
      const { signal } = abort.current;
      return changeAvatar({ userId, file, oldPath, onProgress: setProgress, signal });
    },
    onMutate: (file) => {
      const url = file && URL.createObjectURL(file);
      setProgress(0);
      setPreview(url);
      return url;
    },
    onSuccess: async (avatar_path) => {
      patchRow<Profile>(client, 'profiles', profile.id, { avatar_path });
      await client.invalidateQueries({ queryKey: ['profiles'] });
    },
    onSettled: (_path, _error, _file, url) => {
      setPreview(null);
      if (url) URL.revokeObjectURL(url);
    },
  });
  return {
    change: mutation.mutate,
    cancel: () => abort.current?.abort(),
    pending: mutation.isPending,
    error: isAbort(mutation.error) ? null : mutation.error,
    progress,
    preview,
  };
}
