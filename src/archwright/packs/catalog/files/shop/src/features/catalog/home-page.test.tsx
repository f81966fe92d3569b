import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProduct } from '@/test/sample-product';
import { Component as HomePage } from './home-page';

const { t } = i18n;
const categories = [{ id: 'food', parent_id: null, name: 'Food', slug: 'food', position: 0 }];

describe('the market’s front', () => {
  it('shows where to go and what is new', async () => {
    fakeRest({ categories, products: [sampleProduct()] });
    renderPage(<HomePage />);
    const link = await screen.findByRole('link', { name: 'Food' });
    expect(link).toHaveAttribute('href', '/c/food');
    const product = await screen.findByRole('link', { name: /Rye bread/ });
    expect(product).toHaveAttribute('href', `/p/${sampleProduct().id}`);
  });

  it('says so while nothing is sold', async () => {
    fakeRest({ categories });
    renderPage(<HomePage />);
    expect(await screen.findByText(t('catalog.nothingYet'))).toBeInTheDocument();
  });

  it('leads words to the search', async () => {
    fakeRest({ categories });
    const { router } = renderPage(<HomePage />, {
      routes: [{ path: '/search', element: <p>found</p> }],
    });
    await userEvent.type(screen.getByLabelText(t('catalog.searchLabel')), ' rye & more {Enter}');
    expect(await screen.findByText('found')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?q=rye+%26+more');
  });
});
