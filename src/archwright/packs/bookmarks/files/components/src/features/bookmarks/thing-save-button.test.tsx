import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { ThingSaveButton } from './thing-save-button';

const { t } = i18n;
const thing = { id: 'a', bookmark_count: 3, viewer_saved: false };
const name = t('bookmarks.save', { count: 3 });
const methods = (rest: ReturnType<typeof fakeRest>) => rest.mock.calls.map(([, init]) => init?.method);

async function openSheet() {
  const rest = fakeRest({
    thing_bookmarks: [{ id: 'b', collection_id: null }],
    thing_collections: [{ id: 'c', name: 'To try', created_at: '2026-01-01' }],
  });
  renderPage(<ThingSaveButton thing={{ ...thing, viewer_saved: true }} />, { userId: 'ann' });
  await userEvent.click(screen.getByRole('button', { name, pressed: true }));
  const sheet = within(await screen.findByRole('dialog', { name: t('bookmarks.saved') }));
  await sheet.findByRole('button', { name: 'To try' });
  return { rest, sheet };
}

describe('ThingSaveButton', () => {
  it('saves at once', async () => {
    const rest = fakeRest({});
    renderPage(<ThingSaveButton thing={thing} />, { userId: 'ann' });
    await userEvent.click(screen.getByRole('button', { name, pressed: false }));
    await waitFor(() => expect(methods(rest)).toContain('POST'));
  });

  it('moves what is saved into a collection', async () => {
    const { rest, sheet } = await openSheet();
    expect(sheet.getByRole('button', { name: t('bookmarks.none') })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await userEvent.click(sheet.getByRole('button', { name: 'To try' }));
    await waitFor(() =>
      expect(sheet.getByRole('button', { name: 'To try' })).toHaveAttribute('aria-pressed', 'true'),
    );
    expect(rest.mock.calls.find(([, init]) => init?.method === 'PATCH')?.[1]).toMatchObject({
      body: '{"collection_id":"c"}',
    });
  });

  it('puts it into a collection that is made for it', async () => {
    const { rest, sheet } = await openSheet();
    rest.mockImplementation((input, init) => {
      const made = init?.method === 'POST' ? { id: 'new' } : [];
      const url = input instanceof Request ? input.url : input.toString();
      const kept = [{ id: 'b', collection_id: null }];
      return Promise.resolve(Response.json(url.includes('/thing_bookmarks') ? kept : made));
    });
    await userEvent.click(sheet.getByRole('button', { name: t('bookmarks.newCollection') }));
    await userEvent.type(await screen.findByLabelText(t('bookmarks.name')), 'Breads');
    await userEvent.click(screen.getByRole('button', { name: t('bookmarks.create') }));
    await waitFor(() =>
      expect(rest.mock.calls.find(([, init]) => init?.method === 'PATCH')?.[1]).toMatchObject({
        body: '{"collection_id":"new"}',
      }),
    );
  });

  it('forgets it', async () => {
    const { rest, sheet } = await openSheet();
    await userEvent.click(sheet.getByRole('button', { name: t('bookmarks.remove') }));
    await waitFor(() => expect(methods(rest)).toContain('DELETE'));
  });

  it('sends guests to sign in', async () => {
    const rest = fakeRest({});
    renderPage(<ThingSaveButton thing={thing} />, {
      routes: [{ path: '/sign-in', element: <p>sign in here</p> }],
    });
    await userEvent.click(screen.getByRole('button', { name }));
    expect(await screen.findByText('sign in here')).toBeInTheDocument();
    expect(rest).not.toHaveBeenCalled();
  });
});
