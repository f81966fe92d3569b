import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { VideoMenu } from './video-menu';

const { t } = i18n;
const video = sampleVideo({ id: 'v1', video_path: null });

async function openMenu(userId: string) {
  const view = renderPage(<VideoMenu video={video} />, { userId });
  await userEvent.click(screen.getByRole('button', { name: t('videos.more') }));
  return view;
}

describe('VideoMenu', () => {
  it('lets only the author change a video', async () => {
    fakeRest({});
    await openMenu('somebody');
    expect(screen.getByRole('menuitem', { name: t('app.copyLink') })).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: t('videos.edit') })).not.toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: t('videos.delete') })).not.toBeInTheDocument();
  });

  it('saves caption and visibility', async () => {
    const rest = fakeRest({ videos: [] });
    await openMenu(video.author_id);
    await userEvent.click(screen.getByRole('menuitem', { name: t('videos.edit') }));
    const caption = screen.getByRole('textbox', { name: t('videos.caption') });
    await userEvent.clear(caption);
    await userEvent.type(caption, ' New bread ');
    await userEvent.click(screen.getByRole('button', { name: t('videos.save') }));
    const body = { caption: 'New bread', visibility: 'public' };
    await waitFor(() =>
      expect(rest.mock.calls.map(([, init]) => init?.body)).toContain(JSON.stringify(body)),
    );
  });

  it('deletes after a question', async () => {
    const rest = fakeRest({ videos: [] });
    await openMenu(video.author_id);
    await userEvent.click(screen.getByRole('menuitem', { name: t('videos.delete') }));
    expect(screen.getByText(t('videos.deleteText'))).toBeInTheDocument();
    expect(rest.mock.calls.map(([, init]) => init?.method)).not.toContain('DELETE');
    await userEvent.click(screen.getByRole('button', { name: t('videos.delete') }));
    await waitFor(() => expect(screen.queryByText(t('videos.deleteText'))).not.toBeInTheDocument());
    expect(rest.mock.calls.map(([, init]) => init?.method)).toContain('DELETE');
  });
});
