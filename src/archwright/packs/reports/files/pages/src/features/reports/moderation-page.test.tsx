import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component as LogPage } from './moderation-log-page';
import { Component } from './moderation-page';

const { t } = i18n;
const entry = {
  id: 'r1',
  created_at: '2026-01-01T00:00:00Z',
  subject_kind: 'of a later version',
  subject_id: 's1',
  preview: 'Buy now!',
  owner_handle: 'bob',
  owner_name: 'Bob',
  report_count: 2,
  reasons: ['spam'],
  details: ['Again'],
};

describe('the moderation page', () => {
  it('shows what was reported and why', async () => {
    fakeRest({ moderation_queue: [entry] });
    renderPage(<Component />, { userId: 'mod' });
    expect(await screen.findByText('Buy now!')).toBeInTheDocument();
    expect(screen.getByText(t('reports.count', { count: 2 }))).toBeInTheDocument();
    expect(screen.getByText(t('reports.reasons.spam'))).toBeInTheDocument();
  });

  it('asks for a note before it decides', async () => {
    const request = fakeRest({ moderation_queue: [entry], moderate_subject: null });
    renderPage(<Component />, { userId: 'mod' });
    await userEvent.click(
      await screen.findByRole('button', { name: t('reports.actions.dismiss') }),
    );
    await userEvent.type(screen.getByRole('textbox', { name: t('reports.note') }), 'harmless');
    await userEvent.click(screen.getByRole('button', { name: t('reports.actions.dismiss') }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(request).toHaveBeenCalledWith(
      expect.stringContaining('/rpc/moderate_subject'),
      expect.objectContaining({
        body: JSON.stringify({
          p_kind: entry.subject_kind,
          p_subject: 's1',
          p_action: 'dismiss',
          p_note: 'harmless',
          p_days: 7,
        }),
      }),
    );
  });

  it('offers only to dismiss what is nobody’s any more', async () => {
    fakeRest({ moderation_queue: [{ ...entry, owner_handle: null, owner_name: null }] });
    renderPage(<Component />, { userId: 'mod' });
    const name = t('reports.actions.dismiss');
    expect(await screen.findByRole('button', { name })).toBeInTheDocument();
    for (const action of ['remove', 'suspend'] as const) {
      const other = t(`reports.actions.${action}`);
      expect(screen.queryByRole('button', { name: other })).not.toBeInTheDocument();
    }
  });

  it('says when there is nothing to do', async () => {
    fakeRest({});
    renderPage(<Component />, { userId: 'mod' });
    expect(await screen.findByText(t('reports.queueEmpty'))).toBeInTheDocument();
  });
});

describe('the log', () => {
  const decided = {
    id: 'a1',
    action: 'suspend',
    subject_kind: 'film',
    subject_id: 's1',
    reason: 'spam',
    note: 'again',
    suspended_until: '2026-02-01T00:00:00Z',
    in_force: true,
    created_at: '2026-01-01T00:00:00Z',
    moderator: null,
    owner: { handle: 'bob', display_name: 'Bob' },
  };

  it('offers nothing for what has ended already', async () => {
    fakeRest({ moderation_actions: [{ ...decided, in_force: false }] });
    renderPage(<LogPage />, { userId: 'mod' });
    expect(await screen.findByText('again')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('reports.actions.lift') })).toBeNull();
  });

  it('offers to end a suspension', async () => {
    fakeRest({ moderation_actions: [decided] });
    renderPage(<LogPage />, { userId: 'mod' });
    await userEvent.click(await screen.findByRole('button', { name: t('reports.actions.lift') }));
    expect(await screen.findByRole('dialog')).toHaveAccessibleDescription(
      t('reports.confirm.lift'),
    );
  });
});
