import { QueryObserver } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { useDeleteVideo, useUpdateVideo } from './use-change-video';

const video = sampleVideo({ id: 'v1', caption: 'Before', video_path: null });

function Buttons() {
  const update = useUpdateVideo();
  const remove = useDeleteVideo();
  return (
    <>
      <button onClick={() => update.mutate({ id: 'v1', changes: { caption: 'After' } })}>update</button>
      <button onClick={() => remove.mutate(video)}>delete</button>
    </>
  );
}

function renderButtons() {
  const view = renderPage(<Buttons />, { userId: video.author_id });
  view.client.setQueryData(['videos', 'author', 'ann'], { pages: [[video]], pageParams: [null] });
  const rows = () =>
    view.client.getQueryData<{ pages: (typeof video)[][] }>(['videos', 'author', 'ann'])?.pages.flat();
  const captions = new Set<string | undefined>();
  view.client.getQueryCache().subscribe(() => captions.add(rows()?.[0]?.caption));
  return { rows, captions };
}

describe('useUpdateVideo', () => {
  it('shows the change everywhere, and takes it back when it is refused', async () => {
    fakeRest({ videos: { code: '42501', message: 'denied' } }, 403);
    const { rows, captions } = renderButtons();
    await userEvent.click(screen.getByRole('button', { name: 'update' }));
    await waitFor(() => expect([...captions]).toEqual(expect.arrayContaining(['After'])));
    await waitFor(() => expect(rows()?.[0]?.caption).toBe('Before'));
  });

  it('keeps what was saved', async () => {
    const rest = fakeRest({ videos: [] });
    const { rows } = renderButtons();
    await userEvent.click(screen.getByRole('button', { name: 'update' }));
    await waitFor(() => expect(rest).toHaveBeenCalled());
    expect(rows()?.[0]?.caption).toBe('After');
  });
});

describe('useDeleteVideo', () => {
  it('takes the video out of every list once it is gone', async () => {
    fakeRest({ videos: [] });
    const { rows } = renderButtons();
    await userEvent.click(screen.getByRole('button', { name: 'delete' }));
    await waitFor(() => expect(rows()).toEqual([]));
  });

  it('begins again what was being read for the first time', async () => {
    fakeRest({ videos: [] });
    const { client } = renderPage(<Buttons />, { userId: video.author_id });
    const read = vi.fn<() => Promise<string[]>>().mockResolvedValue(['there']);
    read.mockReturnValueOnce(new Promise(() => {}));
    const watched = new QueryObserver(client, { queryKey: ['videos', 'new'], queryFn: read });
    const stop = watched.subscribe(() => undefined);
    await userEvent.click(screen.getByRole('button', { name: 'delete' }));
    await waitFor(() => expect(watched.getCurrentResult().data).toEqual(['there']));
    stop();
  });
});
