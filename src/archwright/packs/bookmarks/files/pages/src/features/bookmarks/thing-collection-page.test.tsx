import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component as SavedPage } from './saved-things-page';
import { Component as CollectionPage } from './thing-collection-page';

const { t } = i18n;
const collection = { id: 'c', name: 'To try', created_at: '2026-01-01T00:00:00Z' };

function renderCollection() {
  return renderPage(<CollectionPage />, {
    at: '/saved/c',
    path: '/saved/:collectionId',
    userId: 'ann',
    routes: [{ path: '/saved', element: <p>all saved</p> }],
  });
}

async function choose(item: string) {
  await userEvent.click(await screen.findByRole('button', { name: t('bookmarks.menu') }));
  await userEvent.click(screen.getByRole('menuitem', { name: item }));
}

describe('the page of all that is saved', () => {
  it('leads to the collections and creates new ones', async () => {
    const rest = fakeRest({ thing_collections: [collection], thing_bookmarks: [] });
    renderPage(<SavedPage />, { at: '/saved', userId: 'ann' });
    expect(await screen.findByRole('link', { name: 'To try' })).toHaveAttribute('href', '/saved/c');
    expect(await screen.findByText(t('bookmarks.emptyTitle'))).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: t('bookmarks.newCollection') }));
    await userEvent.type(screen.getByLabelText(t('bookmarks.name')), 'Breads');
    await userEvent.click(screen.getByRole('button', { name: t('bookmarks.create') }));
    await waitFor(() =>
      expect(rest.mock.calls.map(([, init]) => init?.body)).toContain('{"name":"Breads"}'),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});

describe('the page of a collection', () => {
  it('is deleted only after a question, and leads back', async () => {
    const rest = fakeRest({ thing_collections: [collection], thing_bookmarks: [] });
    const { router } = renderCollection();
    expect(await screen.findByRole('heading', { level: 1, name: 'To try' })).toBeInTheDocument();
    await choose(t('bookmarks.delete'));
    expect(rest.mock.calls.some(([, init]) => init?.method === 'DELETE')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: t('bookmarks.delete') }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/saved'));
    expect(rest.mock.calls.some(([, init]) => init?.method === 'DELETE')).toBe(true);
  });

  it('shows why a name is refused', async () => {
    const rest = fakeRest({ thing_collections: [collection], thing_bookmarks: [] });
    renderCollection();
    await choose(t('bookmarks.rename'));
    rest.mockResolvedValueOnce(
      Response.json(
        { code: '23505', message: 'violates unique constraint "thing_collections_user_id_name_key"' },
        { status: 409 },
      ),
    );
    await userEvent.click(await screen.findByRole('button', { name: t('bookmarks.saveName') }));
    expect(await screen.findByRole('alert')).toHaveTextContent(t('bookmarks.nameTaken'));
  });

  it('says when it is not there', async () => {
    fakeRest({ thing_collections: [] });
    renderCollection();
    expect(await screen.findByText(t('bookmarks.goneTitle'))).toBeInTheDocument();
  });

  it('says so too where the address holds no id', async () => {
    fakeRest({ thing_collections: { code: '22P02', message: 'invalid uuid' } }, 400);
    renderCollection();
    expect(await screen.findByText(t('bookmarks.goneTitle'))).toBeInTheDocument();
  });
});
