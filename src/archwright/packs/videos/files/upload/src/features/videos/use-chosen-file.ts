import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readVideo } from './read-video';

/** The file that was chosen, once it has been looked into, with an address to show it by. */
export function useChosenFile() {
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: async (file: File) => ({ file, facts: await readVideo(file) }),
  });
  const [previewUrl, setPreviewUrl] = useState<string | null>(null);
  const file = data?.file;
  useEffect(() => {
    if (file === undefined) return undefined;
    const url = URL.createObjectURL(file);
    // the address exists only as long as this effect does
    // oxlint-disable-next-line react/set-state-in-effect
    setPreviewUrl(url);
    return () => {
      URL.revokeObjectURL(url);
      setPreviewUrl(null);
    };
  }, [file]);
  return { choose: mutate, chosen: data ?? null, reading: isPending, error, previewUrl };
}
