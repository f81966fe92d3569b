import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './tag-page';

const { t } = i18n;
const bread = { id: 'h', tag: 'bread', thing_count: 2 };
const at = { at: '/tags/Bread', path: '/tags/:tag' };

describe('the page of a hashtag', () => {
  it('counts what is there and shows what else is in use', async () => {
    const cake = { id: 'k', tag: 'käsekuchen', thing_count: 9 };
    fakeRest({ hashtags: [bread], trending_hashtags: [cake] });
    renderPage(<Component />, at);
    expect(screen.getByRole('heading', { level: 1, name: '#bread' })).toBeInTheDocument();
    expect(await screen.findByText(t('hashtags.thing.count', { count: 2 }))).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'käsekuchen' })).toHaveAttribute(
      'href',
      `/tags/${encodeURIComponent('käsekuchen')}`,
    );
  });

  it('says when nobody has used it', async () => {
    fakeRest({ hashtags: [] });
    renderPage(<Component />, at);
    expect(await screen.findByText(t('hashtags.emptyTitle'))).toBeInTheDocument();
    expect(screen.queryByText(t('hashtags.trending'))).not.toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    fakeRest({ hashtags: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<Component />, at);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
