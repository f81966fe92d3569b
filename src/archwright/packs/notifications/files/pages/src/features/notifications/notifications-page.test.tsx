import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './notifications-page';

const { t } = i18n;
const entry = {
  id: 'n1',
  kind: 'of a later version',
  group_key: 'g',
  day: '2026-01-01',
  subject_id: null,
  actor_id: 'bob',
  actor_handle: 'bob',
  actor_name: 'Bob',
  actor_avatar_path: null,
  actor_count: 1,
  is_unread: true,
  created_at: '2026-01-01T10:00:00Z',
};
const button = () => screen.getByRole('button', { name: t('notifications.markAllRead') });

describe('the page of notifications', () => {
  it('marks everything as read, up to what is shown', async () => {
    const request = fakeRest({
      notification_entries: [entry],
      unread_notifications: 1,
      mark_all_notifications_read: null,
    });
    renderPage(<Component />, { userId: 'ann' });
    await screen.findByText(/Bob/);
    await waitFor(() => expect(button()).toBeEnabled());
    await userEvent.click(button());
    await waitFor(() =>
      expect(request).toHaveBeenCalledWith(
        expect.stringContaining('/rpc/mark_all_notifications_read'),
        expect.objectContaining({ body: JSON.stringify({ p_until: entry.created_at }) }),
      ),
    );
  });

  it('has nothing to mark when there is nothing', async () => {
    fakeRest({});
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByText(t('notifications.empty'))).toBeInTheDocument();
    expect(button()).toBeDisabled();
  });

  it('can be asked again when it fails', async () => {
    fakeRest({ notification_entries: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
