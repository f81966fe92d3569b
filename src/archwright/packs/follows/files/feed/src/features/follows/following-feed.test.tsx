import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleVideo } from '@/test/sample-video';
import { FollowingFeed } from './following-feed';
import { fetchFollowingFeed, FOLLOWING_PAGE } from './following-feed-api';

const { t } = i18n;

describe('FollowingFeed', () => {
  it('shows the videos of those whom one follows', async () => {
    fakeRest({ feed_following: [sampleVideo({ caption: 'Bread' })] });
    renderPage(<FollowingFeed />, { userId: 'ann' });
    expect(await screen.findByRole('list', { name: t('follows.following') })).toBeInTheDocument();
    expect(screen.getByText('Bread')).toBeInTheDocument();
  });

  it('says so when there is nothing', async () => {
    fakeRest({ feed_following: [] });
    renderPage(<FollowingFeed />, { userId: 'ann' });
    expect(await screen.findByText(t('follows.feedEmpty'))).toBeInTheDocument();
  });

  it('asks guests to sign in, and nothing of the server', () => {
    const rest = fakeRest({});
    renderPage(<FollowingFeed />, { at: '/?tab=following', path: '/' });
    expect(screen.getByRole('link', { name: t('app.signIn') })).toHaveAttribute(
      'href',
      '/sign-in?next=%2F%3Ftab%3Dfollowing',
    );
    expect(rest).not.toHaveBeenCalled();
  });
});

describe('fetchFollowingFeed', () => {
  it('goes on where the page before ended', async () => {
    const rest = fakeRest({ feed_following: [] });
    const { signal } = new AbortController();
    await fetchFollowingFeed(null, signal);
    await fetchFollowingFeed({ at: '2026-01-01', id: 'v1' }, signal);
    const bodies = rest.mock.calls.map(([, init]) => init?.body);
    expect(bodies).toEqual([
      JSON.stringify({ p_limit: FOLLOWING_PAGE }),
      JSON.stringify({ p_before: '2026-01-01', p_before_id: 'v1', p_limit: FOLLOWING_PAGE }),
    ]);
  });
});
