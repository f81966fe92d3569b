import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeAuth, fakeRest } from '@/test/fake-supabase';
import { discardUpload, removeLeftovers, uploadVideo, type Upload, type UploadSteps } from './upload-api';
import { VideoFileError } from './video-file';

const sent: string[] = [];
let refuse: string | null = null;

/** Storage as XHR sees it: takes every file, or refuses a bucket. */
class FakeRequest extends EventTarget {
  readonly upload = new EventTarget();
  readonly responseText = '';
  readonly setRequestHeader = vi.fn();
  status = 0;
  url = '';
  open(_method: string, url: string) {
    this.url = url;
  }
  send() {
    const bucket = this.url.split('/').at(-3) ?? '';
    sent.push(bucket);
    this.status = bucket === refuse ? 500 : 200;
    this.dispatchEvent(new Event('load'));
  }
}

const film = new File(['film'], 'film.mp4', { type: 'video/mp4' });
const picture = new File(['picture'], 'thumbnail.webp', { type: 'image/webp' });
const upload: Upload = {
  file: film,
  facts: { durationMs: 1500, width: 720, height: 1280, thumbnail: picture },
  draft: { caption: 'Bread' },
  userId: 'ann',
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

function requests(rest: ReturnType<typeof fakeRest>): string[] {
  return rest.mock.calls.map(([input, init]) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    return `${init?.method ?? 'GET'} ${url.pathname.split('/').at(-1)}`;
  });
}

describe('uploadVideo', () => {
  beforeEach(() => {
    sent.length = 0;
    refuse = null;
    fakeAuth();
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
  });

  it('makes the row, sends the files, publishes', async () => {
    const rest = fakeRest({ videos: { id: 'v1' }, publish_video: 'ready' });
    expect(await uploadVideo({}, upload)).toBe('v1');
    expect(sent).toEqual(['videos', 'thumbnails']);
    expect(requests(rest)).toEqual(['POST videos', 'POST publish_video']);
    const body = rest.mock.calls.at(-1)?.[1]?.body;
    expect(body).toMatch(/"p_video_path":"ann\/[^"]+\.mp4"/);
    expect(body).toMatch(/"p_thumbnail_path":"ann\/[^"]+\.webp"/);
    expect(body).toContain('"p_duration_ms":1500');
  });

  it('goes on where it stopped', async () => {
    fakeRest({ videos: { id: 'v1' } });
    refuse = 'thumbnails';
    const steps: UploadSteps = {};
    await expect(uploadVideo(steps, upload)).rejects.toMatchObject({ status: 500 });
    refuse = null;
    const rest = fakeRest({ videos: [], publish_video: 'ready' });
    rest.mockClear(); // what was asked before the failure
    expect(await uploadVideo(steps, upload)).toBe('v1');
    expect(sent).toEqual(['videos', 'thumbnails', 'thumbnails']);
    expect(requests(rest)).toEqual(['PATCH videos', 'POST publish_video']);
  });

  it('says when the server finds no video in the file', async () => {
    fakeRest({ videos: { id: 'v1' }, publish_video: 'failed' });
    await expect(uploadVideo({}, upload)).rejects.toThrow(VideoFileError);
  });

  it('publishes nothing after it was cancelled', async () => {
    const rest = fakeRest({ videos: { id: 'v1' }, publish_video: 'ready' });
    const signal = AbortSignal.abort();
    await expect(uploadVideo({}, { ...upload, signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests(rest)).toEqual(['POST videos']);
  });
});

describe('removeLeftovers', () => {
  it('deletes what no video names, bucket by bucket', async () => {
    const left = [
      { bucket: 'thumbnails', path: 'ann/a.webp' },
      { bucket: 'videos', path: 'ann/a.mp4' },
      { bucket: 'videos', path: 'ann/b.mp4' },
    ];
    const rest = fakeRest({ leftover_video_files: left });
    await removeLeftovers();
    expect(requests(rest).slice(1)).toEqual(['DELETE thumbnails', 'DELETE videos']);
    expect(rest.mock.calls.at(-1)?.[1]?.body).toBe('{"prefixes":["ann/a.mp4","ann/b.mp4"]}');
  });

  it('asks storage for nothing where nothing is left', async () => {
    const rest = fakeRest({ leftover_video_files: [] });
    await removeLeftovers();
    expect(rest).toHaveBeenCalledOnce();
  });
});

describe('discardUpload', () => {
  it('deletes the row and the files', async () => {
    const rest = fakeRest({});
    const steps = { videoId: 'v1', videoPath: 'ann/a.mp4', thumbnailPath: 'ann/a.webp' };
    await discardUpload(steps, true);
    expect(requests(rest)).toEqual(['DELETE videos', 'DELETE videos', 'DELETE thumbnails']);
    expect(steps).toEqual({});
  });

  it('keeps a row that was there before', async () => {
    const rest = fakeRest({});
    const steps: UploadSteps = { videoId: 'v1' };
    await discardUpload(steps, false);
    expect(rest).not.toHaveBeenCalled();
    expect(steps).toEqual({ videoId: 'v1' });
  });
});
