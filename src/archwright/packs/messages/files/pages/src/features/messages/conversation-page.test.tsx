import { onlineManager } from '@tanstack/react-query';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequireMember } from '@/app/guards';
import { i18n } from '@/lib/i18n';
import { LiveProvider } from '@/lib/live';
import { fakeLive } from '@/test/fake-live';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
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
        children: [
          {
            path: '/messages/:conversationId',
            element: (
              <LiveProvider>
                <Component />
              </LiveProvider>
            ),
          },
        ],
      },
    ],
  });

describe('a conversation', () => {
  let live: ReturnType<typeof fakeLive>;
  beforeEach(() => {
    useOutboxStore.setState({ outgoing: [] });
    live = fakeLive();
  });
  afterEach(() => {
    vi.useRealTimers();
    onlineManager.setOnline(true);
  });

  it('shows at once what the other one writes, and that they do', async () => {
    fakeRest({ conversation_participants: participants, messages: messages.slice(1) });
    renderConversation();
    expect(await screen.findByText('Hello!')).toBeInTheDocument();
    await waitFor(() => expect(live.topics()).toContain('conversations:c1'));
    live.join('conversations:c1');
    const typing = t('messages.typing', { name: 'Bob' });
    live.say('conversations:c1', 'typing', { by: 'bob', typing: true });
    expect(screen.getByText(typing)).toBeInTheDocument();
    live.say('conversations:c1', 'typing', { by: 'bob', typing: false });
    expect(screen.queryByText(typing)).not.toBeInTheDocument();
    fakeRest({ conversation_participants: participants, messages });
    live.tell('conversations:c1', 'messages');
    expect(await screen.findByText('Hi!')).toBeInTheDocument();
  });

  it('lets the other one know that an answer is being written', async () => {
    fakeRest({ conversation_participants: participants, messages });
    renderConversation();
    const field = await screen.findByRole('textbox', { name: t('messages.write') });
    live.join('conversations:c1');
    await userEvent.type(field, 'Hm');
    const sent = { type: 'broadcast', event: 'typing' };
    expect(live.sent('conversations:c1')).toEqual([
      { ...sent, payload: { by: 'ann', typing: true } },
    ]);
    live.say('conversations:c1', 'typing', { by: 'ann', typing: true });
    expect(screen.queryByText(t('messages.typing', { name: 'Bob' }))).not.toBeInTheDocument();
  });

  it('shows the messages in order, reads them, and says what was seen', async () => {
    const request = fakeRest({ conversation_participants: participants, messages });
    renderConversation();
    const log = await screen.findByRole('log', { name: t('messages.history') });
    const items = within(log).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining(`${t('messages.byYou')}Hello!`),
      expect.stringContaining(`${t('messages.by', { name: 'Bob' })}Hi!`),
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

  it('says that a message waits for the connection', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const outgoing = { id: 'm3', conversationId: 'c1', createdAt: '2026-01-01T11:00:00Z' };
    useOutboxStore.setState({ outgoing: [{ ...outgoing, body: 'Later', failed: false }] });
    fakeRest({ conversation_participants: participants, messages });
    renderConversation();
    expect(await screen.findByText(t('messages.sending'))).toBeInTheDocument();
    live.join('conversations:c1');
    for (const topic of live.topics()) live.state(topic, 'CHANNEL_ERROR');
    act(() => void vi.advanceTimersByTime(6000));
    expect(screen.getByText(t('messages.waiting'))).toBeInTheDocument();
    live.join('conversations:c1');
    expect(screen.getByText(t('messages.sending'))).toBeInTheDocument();
    act(() => onlineManager.setOnline(false));
    expect(screen.getByText(t('messages.waiting'))).toBeInTheDocument();
  });

  it('is not read while nobody looks', async () => {
    const looking = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const request = fakeRest({ conversation_participants: participants, messages });
    renderConversation();
    await screen.findByRole('log');
    const isRead = () =>
      request.mock.calls.some(([input]) =>
        (input instanceof Request ? input.url : String(input)).includes('/mark_conversation_read'),
      );
    expect(isRead()).toBe(false);
    looking.mockReturnValue('visible');
    fireEvent(document, new Event('visibilitychange'));
    await waitFor(() => expect(isRead()).toBe(true));
  });

  it('keeps nothing that one account was sending for the next', async () => {
    const outgoing = { id: 'm3', conversationId: 'c1', createdAt: '2026-01-01T11:00:00Z' };
    useOutboxStore.setState({ outgoing: [{ ...outgoing, body: 'A secret', failed: true }] });
    fakeRest({ conversation_participants: participants, messages });
    const { auth } = renderConversation();
    expect(await screen.findByText('A secret')).toBeInTheDocument();
    act(() => auth.emit('SIGNED_IN', sessionOf('bob')));
    expect(await screen.findByRole('log')).toBeInTheDocument();
    expect(screen.queryByText('A secret')).not.toBeInTheDocument();
    expect(useOutboxStore.getState().outgoing).toEqual([]);
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

  it('is not there where the address holds no id', async () => {
    fakeRest({ conversation_participants: { code: '22P02', message: 'invalid uuid' } }, 400);
    renderConversation();
    expect(await screen.findByText(t('messages.gone'))).toBeInTheDocument();
  });
});

const renderMessages = () =>
  renderPage(<p>elsewhere</p>, {
    userId: 'ann',
    at: '/messages',
    path: '/elsewhere',
    routes: [
      { element: <RequireMember />, children: [{ path: '/messages', element: <MessagesPage /> }] },
    ],
  });

describe('the page of conversations', () => {
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

  it('lists them with what is unread', async () => {
    fakeRest({ my_conversations: [conversation] });
    renderMessages();
    const link = await screen.findByRole('link', { name: /Bob/ });
    expect(link).toHaveAttribute('href', '/messages/c1');
    expect(link).toHaveTextContent(t('messages.unread', { count: 2 }));
  });

  it('lists them anew when a message has come', async () => {
    const latest = (time: string) => [{ last_message_at: time }];
    fakeRest({
      my_conversations: [conversation],
      conversation_participants: latest(conversation.last_message_at),
    });
    const { client } = renderMessages();
    expect(await screen.findByText('Hi!')).toBeInTheDocument();
    fakeRest({
      my_conversations: [{ ...conversation, last_body: 'Are you there?' }],
      conversation_participants: latest('2026-01-01T10:05:00Z'),
    });
    await act(() => client.refetchQueries({ queryKey: ['conversations', 'latest'] }));
    expect(await screen.findByText('Are you there?')).toBeInTheDocument();
  });
});
