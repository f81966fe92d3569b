import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sentTo } from '@/test/sent';
import { Component as CategoriesPage } from './categories-page';

const { t } = i18n;
const food = { id: 'food', parent_id: null, name: 'Food', slug: 'food', position: 3 };

function show() {
  const rest = fakeRest({ categories: [food] });
  renderPage(<CategoriesPage />, { userId: 'ann' });
  return { rest, user: userEvent.setup() };
}

describe('the tree of categories', () => {
  it('gets a new category, with an address that follows from its name', async () => {
    const { rest, user } = show();
    await user.click(screen.getByRole('button', { name: t('catalog.addCategory') }));
    await user.type(await screen.findByLabelText(t('catalog.categoryName')), 'Fish & More');
    await user.click(screen.getByRole('button', { name: t('catalog.save') }));
    await waitFor(() =>
      expect(sentTo(rest, 'categories')).toEqual({
        name: 'Fish & More',
        slug: 'fish-more',
        parent_id: null,
        position: 0,
      }),
    );
  });

  it('says why a category cannot go', async () => {
    const { user } = show();
    const name = t('catalog.deleteCategory', { name: 'Food' });
    await user.click(await screen.findByRole('button', { name }));
    vi.restoreAllMocks();
    const refused = { code: '23503', message: 'constraint "products_category_id_fkey"' };
    const rest = fakeRest({ categories: refused }, 409);
    await user.click(await screen.findByRole('button', { name: t('catalog.delete') }));
    await waitFor(() => expect(rest.mock.calls.some(([, init]) => init?.method === 'DELETE')).toBe(true));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    expect(screen.getByText('Food')).toBeInTheDocument();
  });
});
