import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { useRecentSearchesStore } from './recent-searches-store';
import { Component } from './search-page';

const { t } = i18n;
const field = () => screen.getByRole('searchbox', { name: t('search.placeholder') });

describe('the search page', () => {
  beforeEach(() => {
    useRecentSearchesStore.getState().forgetAll();
    fakeRest({});
  });

  it('puts the words into the address when typing pauses', async () => {
    const { router } = renderPage(<Component />, { at: '/search', path: '/search' });
    await userEvent.type(field(), 'fresh bread ');
    await waitFor(() => expect(router.state.location.search).toBe('?q=fresh+bread'));
    expect(field()).toHaveValue('fresh bread ');
    expect(useRecentSearchesStore.getState().queries).toEqual([]);
  });

  it('remembers what was searched for on purpose', async () => {
    renderPage(<Component />, { at: '/search', path: '/search' });
    await userEvent.type(field(), 'bread{Enter}');
    expect(useRecentSearchesStore.getState().queries).toEqual(['bread']);
  });

  it('repeats and forgets a recent search', async () => {
    useRecentSearchesStore.setState({ queries: ['bread', 'lakes'] });
    const { router } = renderPage(<Component />, { at: '/search', path: '/search' });
    await userEvent.click(
      screen.getByRole('button', { name: t('search.forget', { query: 'lakes' }) }),
    );
    expect(screen.queryByText('lakes')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'bread' }));
    expect(router.state.location.search).toBe('?q=bread');
    expect(field()).toHaveValue('bread');
  });

  it('clears the words', async () => {
    const { router } = renderPage(<Component />, { at: '/search?q=bread', path: '/search' });
    await userEvent.click(screen.getByRole('button', { name: t('search.clear') }));
    expect(router.state.location.search).toBe('');
    expect(screen.getByText(t('search.start'))).toBeInTheDocument();
  });
});
