import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThing } from '@/test/sample-thing';
import { Component } from './thing-history-page';

const { t } = i18n;
const rows = [{ id: 'view', last_viewed_at: '2026-01-01', viewed: sampleThing({ id: 'a' }) }];

describe('the watch history', () => {
  it('says when nothing was watched', async () => {
    fakeRest({});
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByText(t('views.emptyTitle'))).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('views.clear') })).not.toBeInTheDocument();
  });

  it('is cleared only after a question', async () => {
    const rest = fakeRest({ thing_viewers: rows });
    renderPage(<Component />, { userId: 'ann' });
    const list = await screen.findByRole('list', { name: t('views.list') });
    expect(within(list).getByRole('link')).toHaveAttribute('href', '/things/a');
    await userEvent.click(screen.getByRole('button', { name: t('views.clear') }));
    expect(rest.mock.calls.some(([, init]) => init?.method === 'PATCH')).toBe(false);
    const dialog = within(await screen.findByRole('alertdialog'));
    rest.mockImplementation(() => Promise.resolve(Response.json([])));
    await userEvent.click(dialog.getByRole('button', { name: t('views.clear') }));
    await waitFor(() =>
      expect(rest.mock.calls.some(([, init]) => init?.method === 'PATCH')).toBe(true),
    );
    expect(await screen.findByText(t('views.emptyTitle'))).toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    fakeRest({ thing_viewers: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
