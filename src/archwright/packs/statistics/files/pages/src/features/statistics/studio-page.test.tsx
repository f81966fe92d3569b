import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './studio-page';

const { t } = i18n;
const none = { views: 0, likes: 0, comments: 0, followers: 0 };
const days = [
  { ...none, day: '2026-01-01', videos: 1 },
  { ...none, day: '2026-01-02', videos: 3 },
];
const top = { id: 'v1', caption: 'Bread', thumbnail_path: null, views: 3, likes: 2, comments: 1 };

describe('the studio', () => {
  it('shows totals, their change and the best videos', async () => {
    fakeRest({ studio_days: days, studio_top_videos: [top] });
    renderPage(<Component />, { userId: 'ann', at: '/studio' });
    const card = await screen.findByRole('button', { name: new RegExp(t('statistics.videos')) });
    expect(card).toHaveTextContent(t('statistics.up', { change: '200%' }));
    await userEvent.click(card);
    expect(screen.getByRole('img')).toHaveAccessibleName(
      t('statistics.chartText', { metric: t('statistics.videos'), total: '3', most: '3' }),
    );
    expect(await screen.findByRole('link', { name: /Bread/ })).toHaveAttribute(
      'href',
      '/videos/v1',
    );
  });

  it('asks for the period in the address', async () => {
    const request = fakeRest({ studio_days: days });
    renderPage(<Component />, { userId: 'ann', at: '/studio?days=7', path: '/studio' });
    await screen.findByRole('img');
    expect(request).toHaveBeenCalledWith(
      expect.stringContaining('/rpc/studio_days'),
      expect.objectContaining({ body: JSON.stringify({ p_days: 7 }) }),
    );
  });

  it('leads to the upload while there is nothing to count', async () => {
    fakeRest({ studio_days: [{ ...none, day: '2026-01-01', videos: 0 }] });
    renderPage(<Component />, { userId: 'ann', at: '/studio' });
    expect(await screen.findByRole('link', { name: t('statistics.upload') })).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('heading', { name: t('statistics.top') })).not.toBeInTheDocument(),
    );
  });
});
