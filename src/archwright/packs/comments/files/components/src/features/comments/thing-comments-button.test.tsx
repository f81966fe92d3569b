import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingComment } from '@/test/sample-thing-comment';
import { ThingCommentsButton } from './thing-comments-button';

const { t } = i18n;
const thing = { id: 'a', comment_count: 2 };
const ann = { id: 'ann', handle: 'ann', display_name: 'Ann Lee', avatar_path: null };
const thread = sampleThingComment({ id: 'p', thing_id: 'a', body: 'First!', reply_count: 1 });
const reply = sampleThingComment({ id: 'r', thing_id: 'a', parent_id: 'p', body: 'Second!' });

/** Answers as the server does: threads and replies are the same table. */
function fakeThreads() {
  const rest = fakeRest({ profiles: ann });
  const others = rest.getMockImplementation();
  return rest.mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('/thing_comments')) return Promise.resolve(others?.(input, init) ?? Response.json([]));
    if (init?.method === 'POST') return Promise.resolve(Response.json({ code: '42501' }, { status: 403 }));
    return Promise.resolve(Response.json(url.includes('parent_id=eq.p') ? [reply] : [thread]));
  });
}

async function openSheet(userId: string | null) {
  renderPage(<ThingCommentsButton thing={thing} />, { userId, at: '/somewhere' });
  await userEvent.click(screen.getByRole('button', { name: t('comments.open', { count: 2 }) }));
  return within(await screen.findByRole('dialog', { name: t('comments.count', { count: 2 }) }));
}

beforeEach(() => {
  fakeThreads();
});

describe('ThingCommentsButton', () => {
  it('opens the threads, and their replies when asked', async () => {
    const sheet = await openSheet(null);
    expect(await sheet.findByText('First!')).toBeInTheDocument();
    expect(sheet.queryByText('Second!')).not.toBeInTheDocument();
    await userEvent.click(
      sheet.getByRole('button', { name: t('comments.showReplies', { count: 1 }) }),
    );
    expect(await sheet.findByText('Second!')).toBeInTheDocument();
  });

  it('sends guests to sign in, and back here', async () => {
    const sheet = await openSheet(null);
    expect(sheet.getByRole('link', { name: t('comments.signIn') })).toHaveAttribute(
      'href',
      '/sign-in?next=%2Fsomewhere',
    );
  });

  it('says when there is nothing yet', async () => {
    fakeRest({ thing_comments: [] });
    const sheet = await openSheet(null);
    expect(await sheet.findByText(t('comments.emptyTitle'))).toBeInTheDocument();
  });

  it('answers a reply in its thread, by name', async () => {
    const rest = fakeThreads();
    vi.spyOn(toast, 'error').mockReturnValue(1);
    const sheet = await openSheet('bob');
    await sheet.findByText('First!');
    await userEvent.click(
      sheet.getByRole('button', { name: t('comments.showReplies', { count: 1 }) }),
    );
    await sheet.findByText('Second!');
    const replies = within(sheet.getByRole('list', { name: t('comments.replies') }));
    await userEvent.click(replies.getByRole('button', { name: t('comments.reply') }));
    const field = sheet.getByRole('textbox', { name: t('comments.writeLabel') });
    expect(field).toHaveValue('@ann ');
    await userEvent.type(field, 'right{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(rest.mock.calls.map(([, init]) => init?.body)).toContain(
        JSON.stringify({ thing_id: 'a', parent_id: 'p', body: '@ann right' }),
      ),
    );
    await waitFor(() => expect(field).toHaveValue('@ann right')); // refused: nothing is lost
  });
});
