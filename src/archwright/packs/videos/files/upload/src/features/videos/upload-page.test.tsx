import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { Component } from './upload-page';

const { t } = i18n;
const film = new File(['film'], 'film.mp4', { type: 'video/mp4' });

/** A browser that can open every file: it is 2 s of 720 x 1280. */
function fakeDecoder() {
  const tell = (element: HTMLMediaElement, event: string) =>
    queueMicrotask(() => element.dispatchEvent(new Event(event)));
  const media = HTMLMediaElement.prototype;
  vi.spyOn(media, 'duration', 'get').mockReturnValue(2);
  Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', { configurable: true, value: 720 });
  Object.defineProperty(HTMLVideoElement.prototype, 'videoHeight', {
    configurable: true,
    value: 1280,
  });
  vi.spyOn(media, 'src', 'set').mockImplementation(function load(this: HTMLMediaElement) {
    tell(this, 'loadeddata');
  });
  vi.spyOn(media, 'currentTime', 'set').mockImplementation(function seek(this: HTMLMediaElement) {
    tell(this, 'seeked');
  });
}

afterEach(() => {
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'videoWidth');
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'videoHeight');
});

const choose = async (file: File) =>
  userEvent.setup({ applyAccept: false }).upload(screen.getByLabelText(t('videos.choose')), file);

describe('upload page', () => {
  it('refuses a file that is no video', async () => {
    fakeRest({});
    renderPage(<Component />, { userId: 'ann' });
    await screen.findByText(t('videos.chooseHint'));
    await choose(new File(['x'], 'notes.txt', { type: 'text/plain' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('videos.wrongType'));
    expect(screen.getByRole('button', { name: t('videos.publish') })).toBeDisabled();
  });

  it('offers to publish a file that it could open', async () => {
    fakeRest({});
    fakeDecoder();
    renderPage(<Component />, { userId: 'ann' });
    await screen.findByText(t('videos.chooseHint'));
    await choose(film);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: t('videos.publish') })).toBeEnabled(),
    );
    // nothing moves that one has not started, or cannot stop
    expect(screen.getByLabelText(t('videos.preview'))).toHaveAttribute('controls');
    expect(screen.getByLabelText(t('videos.preview'))).not.toHaveAttribute('autoplay');
  });

  it('goes on with an upload that was left unfinished', async () => {
    const video = sampleVideo({ id: 'v1', author_id: 'ann', status: 'uploading', caption: 'Bread' });
    fakeRest({ videos: [video] });
    renderPage(<Component />, { userId: 'ann', at: '/upload?video=v1', path: '/upload' });
    expect(await screen.findByRole('textbox', { name: t('videos.caption') })).toHaveValue('Bread');
  });

  it('starts anew where the video is somebody else\'s', async () => {
    fakeRest({ videos: [sampleVideo({ author_id: 'bob', status: 'failed', caption: 'Bread' })] });
    renderPage(<Component />, { userId: 'ann', at: '/upload?video=v1', path: '/upload' });
    expect(await screen.findByRole('textbox', { name: t('videos.caption') })).toHaveValue('');
  });
});
