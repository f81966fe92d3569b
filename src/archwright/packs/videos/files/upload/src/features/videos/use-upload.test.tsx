import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { useUpload } from './use-upload';

const film = new File(['film'], 'film.mp4', { type: 'video/mp4' });
const facts = { durationMs: 1500, width: 720, height: 1280, thumbnail: null };

/** Storage that takes half of a file and then waits. */
class FakeRequest extends EventTarget {
  static last: FakeRequest | undefined;
  readonly upload = new EventTarget();
  readonly responseText = '';
  readonly open = vi.fn();
  readonly setRequestHeader = vi.fn();
  status = 0;
  send() {
    FakeRequest.last = this;
    const half = { lengthComputable: true, loaded: 1, total: 2 };
    this.upload.dispatchEvent(Object.assign(new Event('progress'), half));
  }
  abort() {
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number) {
    this.status = status;
    this.dispatchEvent(new Event('load'));
  }
}

function Uploader({ videoId = null }: { videoId?: string | null }) {
  const { upload, cancel, progress, uploading, error, videoId: done } = useUpload(videoId);
  return (
    <>
      <button onClick={() => upload({ file: film, facts, draft: {}, userId: 'ann' })}>send</button>
      <button onClick={cancel}>cancel</button>
      <output>{[uploading ? `at ${progress}` : 'idle', error ? 'failed' : 'fine', done].join(' ')}</output>
    </>
  );
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const says = (text: string) =>
  waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(text));

function requested(rest: ReturnType<typeof fakeRest>): (string | undefined)[] {
  return rest.mock.calls.map(([input]) =>
    (input instanceof Request ? input.url : String(input)).split(/[/?]/).at(-1),
  );
}

function deletions(rest: ReturnType<typeof fakeRest>): number {
  return rest.mock.calls.filter(([, init]) => init?.method === 'DELETE').length;
}

describe('useUpload', () => {
  beforeEach(() => {
    FakeRequest.last = undefined;
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
  });

  it('tells how far it is, and what came of it', async () => {
    const told = vi.spyOn(toast, 'success').mockReturnValue(1);
    const rest = fakeRest({ videos: { id: 'v1' }, publish_video: 'ready' });
    renderPage(<Uploader />, { userId: 'ann' });
    await press('send');
    await says('at 0.5 fine');
    FakeRequest.last?.answer(200);
    expect(await screen.findByText('idle fine v1')).toBeInTheDocument();
    expect(told).toHaveBeenCalledWith(i18n.t('videos.published'));
    await waitFor(() => expect(requested(rest)).toContain('leftover_video_files'));
  });

  it('deletes the row of an upload that was cancelled', async () => {
    const rest = fakeRest({ videos: { id: 'v1' } });
    renderPage(<Uploader />, { userId: 'ann' });
    await press('send');
    await says('at 0.5');
    await press('cancel');
    await says('idle fine');
    await waitFor(() => expect(deletions(rest)).toBe(1));
  });

  it('keeps the row that it went on with', async () => {
    const rest = fakeRest({ videos: { id: 'v1' } });
    renderPage(<Uploader videoId="v1" />, { userId: 'ann' });
    await press('send');
    await says('at 0.5');
    await press('cancel');
    await says('idle fine');
    expect(deletions(rest)).toBe(0);
  });

  it('can be sent again after a failure', async () => {
    fakeRest({ videos: { id: 'v1' }, publish_video: 'ready' });
    renderPage(<Uploader />, { userId: 'ann' });
    await press('send');
    await says('at 0.5');
    FakeRequest.last?.answer(500);
    await says('idle failed');
    await press('send');
    await says('at 0.5');
    FakeRequest.last?.answer(200);
    expect(await screen.findByText('idle fine v1')).toBeInTheDocument();
  });
});
