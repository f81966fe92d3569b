import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { usePlayerStore } from './player-store';
import { VideoCard } from './video-card';

const { t } = i18n;
const video = sampleVideo({ id: 'v1', video_path: 'ann/v1.mp4' });

class FakeObserver {
  static move: (inView: boolean) => void;
  observe = vi.fn();
  disconnect = vi.fn();
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    FakeObserver.move = (isIntersecting) => act(() => callback([{ isIntersecting }]));
  }
}

function renderCard(shown = video, userId: string | null = null) {
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  const signed = [{ path: 'ann/v1.mp4', signedURL: '/object/sign/videos/ann/v1.mp4?token=x' }];
  const rest = fakeRest({ videos: signed });
  renderPage(<VideoCard video={shown} />, { userId });
  return rest;
}

const button = (name: string) => screen.getByRole('button', { name });

describe('VideoCard', () => {
  beforeEach(() => {
    usePlayerStore.setState({ muted: true, activeId: null });
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue();
  });

  it('plays while it is in view, and no other video with it', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    renderCard();
    await waitFor(() => expect(document.querySelector('video')).toHaveAttribute('src'));
    expect(play).not.toHaveBeenCalled();
    FakeObserver.move(true);
    expect(play).toHaveBeenCalledOnce();
    expect(usePlayerStore.getState().activeId).toBe('v1');
    FakeObserver.move(false);
    expect(usePlayerStore.getState().activeId).toBeNull();
    expect(button(t('videos.play'))).toBeInTheDocument();
  });

  it('is paused by a tap, and by the keyboard', async () => {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    renderCard();
    FakeObserver.move(true);
    await userEvent.click(button(t('videos.pause')));
    await userEvent.click(await screen.findByRole('button', { name: t('videos.play') }));
    const pause = await screen.findByRole('button', { name: t('videos.pause') });
    pause.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: t('videos.play') })).toBeInTheDocument();
  });

  it('waits for a tap where the browser refuses to start', async () => {
    const refused = new DOMException('no gesture', 'NotAllowedError');
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(refused);
    renderCard();
    await waitFor(() => expect(document.querySelector('video')).toHaveAttribute('src'));
    FakeObserver.move(true);
    expect(await screen.findByRole('button', { name: t('videos.play') })).toBeInTheDocument();
  });

  it('lets people who want less motion start it themselves', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    const still = Object.assign(new EventTarget(), { matches: true }) as MediaQueryList;
    vi.spyOn(window, 'matchMedia').mockReturnValue(still);
    renderCard();
    await waitFor(() => expect(document.querySelector('video')).toHaveAttribute('src'));
    FakeObserver.move(true);
    expect(play).not.toHaveBeenCalled();
  });

  it('turns the sound on for all videos', async () => {
    renderCard();
    await userEvent.click(button(t('videos.unmute')));
    expect(usePlayerStore.getState().muted).toBe(false);
    expect(button(t('videos.mute'))).toBeInTheDocument();
  });

  it('offers a new start when the browser cannot play the file', async () => {
    const rest = renderCard();
    const player = await waitFor(() => {
      const found = document.querySelector('video');
      expect(found).toHaveAttribute('src');
      return found as HTMLVideoElement;
    });
    fireEvent.error(player);
    expect(screen.getByRole('alert')).toHaveTextContent(t('videos.playFailed'));
    expect(screen.queryByRole('button', { name: t('videos.play') })).not.toBeInTheDocument();
    const again = [{ path: 'ann/v1.mp4', signedURL: '/object/sign/videos/ann/v1.mp4?token=y' }];
    rest.mockImplementation(() => Promise.resolve(Response.json(again)));
    await userEvent.click(button(t('app.retry')));
    expect(await screen.findByRole('button', { name: t('videos.play') })).toBeInTheDocument();
  });

  it('tells its author why it cannot be played', () => {
    renderCard({ ...video, status: 'failed' }, video.author_id);
    expect(screen.getByText(t('videos.statusFailed'))).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('videos.uploadAgain') })).toHaveAttribute(
      'href',
      '/upload?video=v1',
    );
    expect(document.querySelector('video')).toBeNull();
  });

  it('opens a long caption', async () => {
    renderCard({ ...video, caption: 'word '.repeat(40) });
    await userEvent.click(button(t('videos.showAll')));
    expect(button(t('videos.showLess'))).toHaveAttribute('aria-expanded', 'true');
  });
});
