import { publicUrl, removeFiles, uploadFile } from '@/lib/storage';
import { supabase } from '@/lib/supabase';

const BUCKET = 'avatars';

export const AVATAR_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
export const AVATAR_BYTES = 2 * 1024 * 1024;

interface AvatarChange {
  userId: string;
  /** Null takes the picture away. */
  file: File | null;
  oldPath: string | null;
  onProgress?: (fraction: number) => void;
  /** Stops the upload; once the file is there, the change is carried through. */
  signal?: AbortSignal;
}

export function avatarUrl(path: string | null): string | null {
  return path === null ? null : publicUrl(BUCKET, path);
}

/** What is wrong with a file, in the form of the refusal that the server would send. */
export function avatarProblem(file: File): { status: number } | null {
  if (!AVATAR_TYPES.includes(file.type)) return { status: 415 };
  return file.size > AVATAR_BYTES ? { status: 413 } : null;
}

async function savePath(userId: string, path: string | null): Promise<void> {
  await supabase.from('profiles').update({ avatar_path: path }).eq('id', userId).throwOnError();
}

/** Uploads the new picture, points the profile at it, and only then deletes the old one. */
export async function changeAvatar({
  userId,
  file,
  oldPath,
  onProgress,
  signal,
}: AvatarChange): Promise<string | null> {
  const path =
    file === null
      ? null
      : await uploadFile({
          bucket: BUCKET,
          file,
          userId,
          ...(onProgress && { onProgress }),
          ...(signal && { signal }),
        });
  try {
    await savePath(userId, path);
  } catch (error) {
    if (path !== null) await removeFiles(BUCKET, [path]).catch(() => undefined);
    throw error;
  }
  // the profile is right already: a picture that nobody points at must not fail the change
  if (oldPath !== null) await removeFiles(BUCKET, [oldPath]).catch(() => undefined);
  return path;
}
