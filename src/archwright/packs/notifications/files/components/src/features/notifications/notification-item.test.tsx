import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { NotificationBell } from './notification-bell';
import { NotificationItem } from './notification-item';
import type { NotificationEntry } from './notifications-api';

const { t } = i18n;
const entry: NotificationEntry = {
  id: 'n1',
  kind: 'of a later version',
  group_key: 'of a later version:f1',
  day: '2026-01-01',
  subject_id: 'f1',
  actor_id: 'bob',
  actor_handle: 'bob',
  actor_name: 'Bob',
  actor_avatar_path: null,
  actor_count: 4,
  is_unread: true,
  created_at: '2026-01-01T00:00:00Z',
};
const what = t('notifications.unknown');

describe('NotificationItem', () => {
  it('names one and counts the others', () => {
    fakeRest({});
    renderPage(<NotificationItem entry={entry} />, { userId: 'ann' });
    expect(
      screen.getByText(t('notifications.more', { who: 'Bob', count: 3, what })),
    ).toBeInTheDocument();
    expect(screen.getByText(t('notifications.new'))).toBeInTheDocument();
  });

  it('names whoever is alone', () => {
    fakeRest({});
    renderPage(<NotificationItem entry={{ ...entry, actor_count: 1 }} />, { userId: 'ann' });
    expect(screen.getByText(t('notifications.one', { who: 'Bob', what }))).toBeInTheDocument();
  });

  it('names nobody where the app itself speaks', () => {
    fakeRest({});
    renderPage(<NotificationItem entry={{ ...entry, actor_id: 'ann' }} />, { userId: 'ann' });
    expect(screen.getByText(what)).toBeInTheDocument();
  });

  it('is read when it is opened', async () => {
    const request = fakeRest({ mark_notifications_read: null });
    renderPage(<NotificationItem entry={entry} />, { userId: 'ann' });
    await userEvent.click(screen.getByRole('button'));
    await waitFor(() =>
      expect(request).toHaveBeenCalledWith(
        expect.stringContaining('/rpc/mark_notifications_read'),
        expect.anything(),
      ),
    );
  });
});

describe('NotificationBell', () => {
  it('says how much is new', async () => {
    fakeRest({ unread_notifications: 100 });
    renderPage(<NotificationBell />, { userId: 'ann' });
    const link = await screen.findByRole('link', {
      name: t('notifications.bellUnread', { count: 100 }),
    });
    expect(link).toHaveTextContent(t('notifications.many'));
  });

  it('is not there for guests', () => {
    const request = fakeRest({});
    renderPage(<NotificationBell />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
    expect(request).not.toHaveBeenCalled();
  });
});
