import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Composer } from './composer';
import { MessageButton } from './message-button';
import { MessagesLink } from './messages-link';

const { t } = i18n;

describe('MessageButton', () => {
  it('leads to the one conversation', async () => {
    fakeRest({ can_message: true, find_or_create_conversation: 'c1' });
    const { router } = renderPage(<MessageButton profile={{ id: 'bob' }} />, {
      userId: 'ann',
      routes: [{ path: '/messages/:conversationId', element: <p>the conversation</p> }],
    });
    await userEvent.click(await screen.findByRole('button', { name: t('messages.message') }));
    expect(await screen.findByText('the conversation')).toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/messages/c1');
  });

  it.each([null, 'bob'])('does not ask for %s', (userId) => {
    const request = fakeRest({ my_roles: [] });
    renderPage(<MessageButton profile={{ id: 'bob' }} />, { userId });
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(request).not.toHaveBeenCalledWith(
      expect.stringContaining('can_message'),
      expect.anything(),
    );
  });
});

describe('MessagesLink', () => {
  it('is for members', () => {
    fakeRest({});
    renderPage(<MessagesLink />);
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('leads to the conversations', async () => {
    fakeRest({});
    renderPage(<MessagesLink />, { userId: 'ann' });
    const link = await screen.findByRole('link', { name: t('messages.nav') });
    expect(link).toHaveAttribute('href', '/messages');
  });
});

describe('Composer', () => {
  it('sends by enter, and has new lines by shift and enter', async () => {
    fakeRest({});
    const send = vi.fn();
    renderPage(<Composer onSend={send} />, { userId: 'ann' });
    const field = screen.getByRole('textbox', { name: t('messages.write') });
    await userEvent.type(field, ' one{Shift>}{Enter}{/Shift}two {Enter}');
    expect(send).toHaveBeenCalledExactlyOnceWith('one\ntwo');
    expect(field).toHaveValue('');
  });

  it('does not send nothing', async () => {
    fakeRest({});
    const send = vi.fn();
    renderPage(<Composer onSend={send} />, { userId: 'ann' });
    await userEvent.type(screen.getByRole('textbox'), '   {Enter}');
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: t('messages.send') })).toBeDisabled();
  });
});
