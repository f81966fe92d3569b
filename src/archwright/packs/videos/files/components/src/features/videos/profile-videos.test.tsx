import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { sampleVideo } from '@/test/sample-video';
import { ProfileVideos } from './profile-videos';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann' });

describe('ProfileVideos', () => {
  it('shows the videos as links', async () => {
    fakeRest({ videos: [sampleVideo({ id: 'v1', caption: 'Bread' })] });
    renderPage(<ProfileVideos profile={ann} />);
    expect(await screen.findByRole('link', { name: /Bread/ })).toHaveAttribute('href', '/videos/v1');
  });

  it('calls a video by how its caption begins', async () => {
    const caption = `${'🍞'.repeat(60)}, and much more about bread`;
    fakeRest({ videos: [sampleVideo({ caption, duration_ms: null })] });
    renderPage(<ProfileVideos profile={ann} />);
    expect(await screen.findByText(`${'🍞'.repeat(60)}…`)).toBeInTheDocument();
  });

  it('marks what is not ready or not for everyone', async () => {
    fakeRest({ videos: [sampleVideo({ status: 'failed', visibility: 'private' })] });
    renderPage(<ProfileVideos profile={ann} />, { userId: 'ann' });
    expect(await screen.findByText(t('videos.statusFailed'))).toBeInTheDocument();
    expect(screen.getByText(t('videos.visibility.private'))).toBeInTheDocument();
  });

  it('invites only its owner to upload', async () => {
    fakeRest({ videos: [] });
    const { unmount } = renderPage(<ProfileVideos profile={ann} />, { userId: 'ann' });
    expect(await screen.findByRole('link', { name: t('videos.noneAction') })).toBeInTheDocument();
    unmount();
    renderPage(<ProfileVideos profile={ann} />, { userId: 'bob' });
    expect(await screen.findByText(t('videos.noneText'))).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: t('videos.noneAction') })).not.toBeInTheDocument();
  });

  it('says when they cannot be loaded', async () => {
    fakeRest({ videos: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<ProfileVideos profile={ann} />);
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });
});
