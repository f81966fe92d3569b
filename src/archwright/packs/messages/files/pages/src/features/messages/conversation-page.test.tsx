import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { RequireMember } from '@/app/guards';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './conversation-page';
import { Component as MessagesPage } from './messages-page';
import { useOutboxStore } from './outbox-store';

const { t } = i18n;
const times = { last_read_at: '2026-01-01T00:00:00Z', last_message_at: '2026-01-01T10:00:01Z' };
const profile = { handle: 'bob', display_name: 'Bob', avatar_path: null };
const participants = [
  { ...times, user_id: 'ann', profile: { ...profile, handle: 'ann', display_name: 'Ann' } },
  { ...times, user_id: 'bob', last_read_at: '2026-01-01T10:00:00Z', profile },
];
const message = { id: 'm1', conversation_id: 'c1', sender_id: 'ann', body: 'Hello!' };
const messages = [
  { ...message, id: 'm2', sender_id: 'bob', body: 'Hi!', created_at: '2026-01-01T10:00:01Z' },
  { ...message, created_at: '2026-01-01T10:00:00Z' },
];
const renderConversation = () =>
  renderPage(<p>elsewhere</p>, {
    userId: 'ann',
    at: '/messages/c1',
    path: '/elsewhere',
    routes: [
      {
        element: <RequireMember />,
        children: [{ path: '/messages/:conversationId', element: <Component /> }],
      },
    ],
  });

describe('a conversation', () => {
  beforeEach(() => useOutboxStore.setState({ outgoing: [] }));

  it('shows the messages in order, reads them, and says what was seen', async () => {
    const request = fakeRest({ conversation_participants: participants, messages });
    renderConversation();
    const list = await screen.findByRole('list', { name: t('messages.history') });
    const items = within(list).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining('Hello!'),
      expect.stringContaining('Hi!'),
    ]);
    expect(items[0]).toHaveTextContent(t('messages.seen'));
    await waitFor(() =>
      expect(request).toHaveBeenCalledWith(
        expect.stringContaining('/rpc/mark_conversation_read'),
        expect.objectContaining({
          body: JSON.stringify({ p_conversation: 'c1', p_until: '2026-01-01T10:00:01Z' }),
        }),
      ),
    );
  });

  it('shows what is being sent at once', async () => {
    const request = fakeRest({ conversation_participants: participants });
    const answer = request.getMockImplementation() ?? fetch;
    request.mockImplementation((input, init) =>
      init?.method === 'POST' ? new Promise(() => undefined) : answer(input, init),
    );
    renderConversation();
    const field = await screen.findByRole('textbox', { name: t('messages.write') });
    await userEvent.type(field, 'How are you?{Enter}');
    expect(await screen.findByText('How are you?')).toBeInTheDocument();
    expect(screen.getByText(t('messages.sending'))).toBeInTheDocument();
  });

  it('cannot go on with someone who is not there', async () => {
    fakeRest({ conversation_participants: [participants[0]], messages });
    renderConversation();
    expect(await screen.findByText(t('messages.closed'))).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('is not there for others', async () => {
    fakeRest({});
    renderConversation();
    expect(await screen.findByText(t('messages.gone'))).toBeInTheDocument();
  });
});

describe('the page of conversations', () => {
  it('lists them with what is unread', async () => {
    const conversation = {
      id: 'c1',
      last_message_at: '2026-01-01T10:00:01Z',
      unread_count: 2,
      member_handle: 'bob',
      member_name: 'Bob',
      member_avatar_path: null,
      last_body: 'Hi!',
      last_is_own: false,
    };
    fakeRest({ my_conversations: [conversation] });
    renderPage(<MessagesPage />, { userId: 'ann' });
    const link = await screen.findByRole('link', { name: /Bob/ });
    expect(link).toHaveAttribute('href', '/messages/c1');
    expect(link).toHaveTextContent(t('messages.unread', { count: 2 }));
  });
});
