import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProduct } from '@/test/sample-product';
import { sentTo } from '@/test/sent';
import { Component as CategoryPage } from './category-page';
import { Component as SearchPage } from './search-page';

const { t } = i18n;
const food = { id: 'food', parent_id: null, name: 'Food', slug: 'food', position: 0 };
const empty = { facet_id: null, facet_label: null, kind: null, unit: null, low: null, high: null };
const facets = [
  { ...empty, facet: 'total', value: null, label: null, products: 1, low: 1 },
  { ...empty, facet: 'brand', value: 'acme', label: 'Acme', products: 1 },
];

function show(found = true) {
  const rest = fakeRest({
    categories: [food],
    category_paths: [{ depth: 0, category: food }],
    search_products: found ? [{ id: sampleProduct().id, place: 1 }] : [],
    product_facets: facets,
    products: [sampleProduct()],
  });
  const { router } = renderPage(<CategoryPage />, { at: '/c/food', path: '/c/:slug' });
  return { rest, router };
}

const panel = () => screen.findByRole('complementary', { name: t('catalog.filters'), hidden: true });

describe('the page of a category', () => {
  it('shows where it is, and what is in it', async () => {
    show();
    expect(await screen.findByRole('heading', { level: 1, name: 'Food' })).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: /Rye bread/ })).toBeInTheDocument();
    const trail = screen.getByRole('navigation', { name: t('catalog.trail') });
    expect(within(trail).getByText('Food')).toHaveAttribute('aria-current', 'page');
    expect(await screen.findByText(t('catalog.found', { count: 1 }))).toBeInTheDocument();
  });

  it('narrows the search, and the address says how', async () => {
    const { rest, router } = show();
    const box = await within(await panel()).findByRole('checkbox', { hidden: true });
    await userEvent.click(box);
    expect(router.state.location.search).toBe('?brand=acme');
    await waitFor(() =>
      expect(sentTo(rest, 'search_products')).toMatchObject({
        p_category: 'food',
        p_filter: { brands: ['acme'] },
      }),
    );
  });

  it('says so where nothing is found', async () => {
    show(false);
    expect(await screen.findByText(t('catalog.nothingFound'))).toBeInTheDocument();
  });

  it('is not there under an unknown address', async () => {
    fakeRest({});
    renderPage(<CategoryPage />, { at: '/c/none', path: '/c/:slug' });
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});

describe('the search', () => {
  it('asks for the words of the address, everywhere', async () => {
    const rest = fakeRest({ product_facets: facets });
    renderPage(<SearchPage />, { at: '/search?q=rye', path: '/search' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('rye');
    await waitFor(() => expect(sentTo(rest, 'search_products')).toMatchObject({ p_query: 'rye' }));
    expect(sentTo(rest, 'search_products')).not.toHaveProperty('p_category');
  });
});
