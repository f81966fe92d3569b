import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useUserId } from '@/lib/session';
import { removeFiles, uploadFile } from '@/lib/storage';
import { LOGO_BUCKET, updateStore, type Store } from './stores-api';

export const LOGO_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
const LOGO_BYTES = 1024 * 1024;

/** Uploads a picture and points the store at it; refusals of the server are told before the upload. */
export function useChangeLogo(store: Store) {
  const client = useQueryClient();
  const userId = useUserId();
  return useMutation({
    mutationFn: async (file: File) => {
      if (!LOGO_TYPES.includes(file.type)) throw Object.assign(new Error(), { status: 415 });
      if (file.size > LOGO_BYTES) throw Object.assign(new Error(), { status: 413 });
      const path = await uploadFile({ bucket: LOGO_BUCKET, file, userId });
      const { name, description, country, logo_path: before } = store;
      try {
        await updateStore(store.id, { name, description, country, logo_path: path });
      } catch (error) {
        await removeFiles(LOGO_BUCKET, [path]).catch(() => undefined);
        throw error;
      }
      // a colleague's file is not ours to remove: then it stays, and nothing names it
      if (before !== null) await removeFiles(LOGO_BUCKET, [before]).catch(() => undefined);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['stores'] }),
  });
}
