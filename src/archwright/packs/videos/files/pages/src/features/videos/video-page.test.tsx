import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { Component } from './video-page';

const { t } = i18n;
const open = () => renderPage(<Component />, { at: '/videos/v1', path: '/videos/:videoId' });

describe('video page', () => {
  it('shows the video under its caption', async () => {
    fakeRest({ videos: [sampleVideo({ id: 'v1', caption: 'Bread', status: 'processing' })] });
    open();
    expect(await screen.findByRole('heading', { level: 1, name: 'Bread' })).toBeInTheDocument();
    expect(screen.getByRole('article')).toBeInTheDocument();
  });

  it('says when there is none to see', async () => {
    fakeRest({ videos: [] });
    open();
    expect(await screen.findByText(t('videos.gone'))).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toBeInTheDocument();
  });

  it('says when it cannot be loaded', async () => {
    fakeRest({ videos: { code: '57014', message: 'timeout' } }, 500);
    open();
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });
});
