import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { useFeedStore } from './feed-store';
import { Component } from './feed-page';

const { t } = i18n;

describe('feed page', () => {
  beforeEach(() => useFeedStore.setState({ positions: {} }));

  it('shows guests the ranking', async () => {
    fakeRest({ feed_for_you: [sampleVideo({ caption: 'Bread' })] });
    renderPage(<Component />);
    expect(await screen.findByRole('list', { name: t('feed.forYou') })).toBeInTheDocument();
    expect(screen.getByText('Bread')).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(t('feed.title'));
    expect(screen.getByText(t('feed.endTitle'))).toBeInTheDocument();
    expect(screen.getByText(t('feed.howRanked'))).toBeInTheDocument();
  });

  it('invites to upload while there is nothing', async () => {
    fakeRest({ feed_for_you: [] });
    renderPage(<Component />);
    expect(await screen.findByRole('link', { name: t('feed.emptyAction') })).toHaveAttribute(
      'href',
      '/upload',
    );
  });
});
