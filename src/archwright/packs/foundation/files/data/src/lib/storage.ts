import { useQuery } from '@tanstack/react-query';
import { env } from './env';
import { errorStatus } from './errors';
import { supabase } from './supabase';

const CACHE_SECONDS = 3600;

export interface UploadOptions {
  bucket: string;
  file: File;
  /** The owner: storage policies let people write below their own id only. */
  userId: string;
  /** From 0 to 1. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/** An upload that the server refused; `status` is what its answer tells, 0 when there was none. */
export class UploadError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'UploadError';
    this.status = status;
  }
}

function newPath(userId: string, file: File): string {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toLowerCase();
  return `${userId}/${crypto.randomUUID()}${extension ? `.${extension}` : ''}`;
}

/** Storage answers nearly every refusal with 400: what is wrong stands in the body. */
function refusal({ status, responseText }: XMLHttpRequest): UploadError {
  try {
    return new UploadError(errorStatus(JSON.parse(responseText)) ?? status, responseText);
  } catch {
    return new UploadError(status, responseText); // a proxy's page, say
  }
}

/** Uploads into the person's own folder and returns the path. `fetch` cannot tell progress: XHR can. */
export async function uploadFile(options: UploadOptions): Promise<string> {
  const { bucket, file, userId, onProgress, signal } = options;
  const { data } = await supabase.auth.getSession();
  signal?.throwIfAborted();
  const path = newPath(userId, file);
  const request = new XMLHttpRequest();

  await new Promise<void>((resolve, reject) => {
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort, { once: true });
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusal(request));
    });
    request.addEventListener('error', () => reject(new UploadError(0, 'no answer')));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));

    request.open('POST', `${env.supabaseUrl}/storage/v1/object/${bucket}/${path}`);
    request.setRequestHeader('apikey', env.supabaseKey);
    request.setRequestHeader('authorization', `Bearer ${data.session?.access_token ?? ''}`);
    request.setRequestHeader('cache-control', `max-age=${CACHE_SECONDS}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-upsert', 'false');
    request.send(file);
  });
  return path;
}

export async function removeFiles(bucket: string, paths: readonly string[]): Promise<void> {
  const { error } = await supabase.storage.from(bucket).remove([...paths]);
  if (error) throw error;
}

export function publicUrl(bucket: string, path: string): string {
  return supabase.storage.from(bucket).getPublicUrl(path).data.publicUrl;
}

type Waiting = { path: string; resolve: (url: string) => void; reject: (why: unknown) => void };
const waiting = new Map<string, Waiting[]>();

async function signAll(bucket: string): Promise<void> {
  const batch = waiting.get(bucket) ?? [];
  waiting.delete(bucket);
  const paths = [...new Set(batch.map((item) => item.path))];
  try {
    const { data, error } = await supabase.storage
      .from(bucket)
      .createSignedUrls(paths, CACHE_SECONDS);
    for (const item of batch) {
      const signed = data?.find((entry) => entry.path === item.path);
      if (signed?.signedUrl) item.resolve(signed.signedUrl);
      else item.reject(error ?? new UploadError(404, signed?.error ?? 'not found'));
    }
  } catch (error) {
    for (const item of batch) item.reject(error); // else they would wait for ever
  }
}

/** Signed addresses that are asked for in the same moment (a page of videos) are one request. */
export function signedUrl(bucket: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const batch = waiting.get(bucket);
    if (batch) {
      batch.push({ path, resolve, reject });
      return;
    }
    waiting.set(bucket, [{ path, resolve, reject }]);
    queueMicrotask(() => void signAll(bucket));
  });
}

/** A signed address for a file in a private bucket, kept until shortly before it ends. */
export function useSignedUrl(bucket: string, path: string | null) {
  return useQuery({
    queryKey: ['storage', bucket, path],
    enabled: path !== null,
    staleTime: (CACHE_SECONDS - 300) * 1000,
    gcTime: (CACHE_SECONDS - 300) * 1000,
    queryFn: () => signedUrl(bucket, path ?? ''),
  });
}
