import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionOf } from '@/test/fake-supabase';
import { signedUrl, uploadFile } from './storage';
import { supabase } from './supabase';

class FakeRequest extends EventTarget {
  static last: FakeRequest;
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  responseText = '';
  status = 0;
  url = '';
  body: unknown;

  constructor() {
    super();
    FakeRequest.last = this;
  }
  open(_method: string, url: string) {
    this.url = url;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  send(body: unknown) {
    this.body = body;
  }
  abort() {
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, text = '') {
    this.status = status;
    this.responseText = text;
    this.dispatchEvent(new Event('load'));
  }
}

const file = new File(['film'], 'My Film.MP4', { type: 'video/mp4' });

describe('uploadFile', () => {
  beforeEach(() => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
    vi.spyOn(supabase.auth, 'getSession').mockResolvedValue({
      data: { session: sessionOf('ann') },
      error: null,
    });
  });

  async function start(signal?: AbortSignal, onProgress?: (fraction: number) => void) {
    const done = uploadFile({
      bucket: 'videos',
      file,
      userId: 'ann',
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    done.catch(() => undefined);
    await vi.waitFor(() => expect(FakeRequest.last.body).toBe(file));
    return { done, request: FakeRequest.last };
  }

  it("writes into the person's own folder, with their token", async () => {
    const { done, request } = await start();
    request.answer(200);
    const path = await done;
    expect(path).toMatch(/^ann\/[0-9a-f-]{36}\.mp4$/);
    expect(request.url).toMatch(new RegExp(`/storage/v1/object/videos/${path}$`));
    expect(request.headers).toMatchObject({
      authorization: 'Bearer token-of-ann',
      'content-type': 'video/mp4',
      'x-upsert': 'false',
    });
  });

  it('tells progress', async () => {
    const seen: number[] = [];
    const { done, request } = await start(undefined, (fraction) => seen.push(fraction));
    const half = { lengthComputable: true, loaded: 5, total: 10 };
    request.upload.dispatchEvent(Object.assign(new Event('progress'), half));
    request.answer(200);
    await done;
    expect(seen).toEqual([0.5]);
  });

  it('fails with the status of the server', async () => {
    const { done, request } = await start();
    request.answer(413);
    await expect(done).rejects.toMatchObject({ name: 'UploadError', status: 413 });
  });

  it('finds the status in the body where storage says 400 for everything', async () => {
    const { done, request } = await start();
    request.answer(400, JSON.stringify({ statusCode: '415', error: 'invalid_mime_type' }));
    await expect(done).rejects.toMatchObject({ name: 'UploadError', status: 415 });
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const { done } = await start(controller.signal);
    controller.abort();
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('signedUrl', () => {
  it('asks once for all that is wanted in the same moment', async () => {
    const createSignedUrls = vi.fn((paths: string[]) =>
      Promise.resolve({
        data: paths.map((path) =>
          path === 'gone'
            ? { path, error: 'Object not found', signedUrl: '' }
            : { path, error: null, signedUrl: `https://signed/${path}` },
        ),
        error: null,
      }),
    );
    const bucket = supabase.storage.from('videos');
    vi.spyOn(supabase.storage, 'from').mockReturnValue(Object.assign(bucket, { createSignedUrls }));
    const [one, two, gone] = await Promise.allSettled([
      signedUrl('videos', 'one'),
      signedUrl('videos', 'two'),
      signedUrl('videos', 'gone'),
    ]);
    expect(createSignedUrls).toHaveBeenCalledTimes(1);
    expect(one).toMatchObject({ value: 'https://signed/one' });
    expect(two).toMatchObject({ value: 'https://signed/two' });
    expect(gone).toMatchObject({ status: 'rejected', reason: { status: 404 } });
  });

  it('leaves nobody waiting when the request itself fails', async () => {
    const lost = new Error('no session to ask with');
    const createSignedUrls = vi.fn(() => Promise.reject(lost));
    const bucket = supabase.storage.from('videos');
    vi.spyOn(supabase.storage, 'from').mockReturnValue(Object.assign(bucket, { createSignedUrls }));
    await expect(signedUrl('videos', 'one')).rejects.toBe(lost);
  });
});
