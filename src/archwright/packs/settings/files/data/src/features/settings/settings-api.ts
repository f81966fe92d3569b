import type { Json } from '@/lib/database.types';
import { removeFiles } from '@/lib/storage';
import { supabase } from '@/lib/supabase';

/** As many files as storage deletes in one request without haste. */
const FILES_AT_ONCE = 100;

/** The new address counts once the link that is sent there has been opened. */
export async function changeEmail(email: string): Promise<void> {
  const emailRedirectTo = new URL('/settings', window.location.origin).href;
  const { error } = await supabase.auth.updateUser({ email }, { emailRedirectTo });
  if (error) throw error;
}

/** Everything that the app knows of the signed-in member. */
export async function exportData(): Promise<Json> {
  const { data } = await supabase.rpc('export_my_data').throwOnError();
  return data;
}

async function removeAll(files: readonly { bucket: string; path: string }[]): Promise<void> {
  const byBucket = Map.groupBy(files, (file) => file.bucket);
  for (const [bucket, inBucket] of byBucket) {
    const paths = inBucket.map((file) => file.path);
    for (let start = 0; start < paths.length; start += FILES_AT_ONCE) {
      await removeFiles(bucket, paths.slice(start, start + FILES_AT_ONCE));
    }
  }
}

/** The database lists a limited number of files at a time, so it is asked until there are none. */
async function deleteFiles(): Promise<void> {
  let first = '';
  for (;;) {
    const { data: files } = await supabase.rpc('my_files').throwOnError();
    const path = files[0]?.path;
    // none is left, or one cannot be deleted: then the account stays as well
    if (path === undefined || path === first) return;
    await removeAll(files);
    first = path;
  }
}

/**
 * Files before the account: once that is gone, nobody may delete them any more. Whether it may go is
 * asked before that, so that nobody loses files and keeps the account.
 */
export async function deleteAccount(): Promise<void> {
  const { data: allowed } = await supabase.rpc('may_delete_account').throwOnError();
  if (!allowed) throw new Error('last_administrator');
  await deleteFiles();
  await supabase.rpc('delete_account').throwOnError();
}
