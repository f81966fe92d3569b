import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingComment } from '@/test/sample-thing-comment';
import { ThingCommentItem } from './thing-comment-item';

const { t } = i18n;
const onReply = () => undefined;

async function openMenu() {
  await userEvent.click(
    screen.getByRole('button', { name: t('comments.menu', { handle: 'ann' }) }),
  );
}

describe('ThingCommentItem', () => {
  it('says who wrote what', () => {
    fakeRest({});
    renderPage(<ThingCommentItem comment={sampleThingComment()} onReply={onReply} />);
    expect(screen.getByRole('link', { name: 'Ann Lee' })).toHaveAttribute('href', '/u/ann');
    expect(screen.getByText('How lovely')).toBeInTheDocument();
  });

  it('keeps the place of a deleted comment, without its author', () => {
    fakeRest({});
    const comment = sampleThingComment({
      author: null,
      body: '',
      deleted_at: '2026-01-02T00:00:00Z',
    });
    renderPage(
      <ThingCommentItem comment={comment} onReply={onReply}>
        <p>its replies</p>
      </ThingCommentItem>,
    );
    expect(screen.getByText(t('comments.deleted'))).toBeInTheDocument();
    expect(screen.getByText('its replies')).toBeInTheDocument();
    expect(screen.queryByText('Ann Lee')).not.toBeInTheDocument();
  });

  it('offers deletion only to those who may, and asks first', async () => {
    const rest = fakeRest({ delete_thing_comment: null });
    const { unmount } = renderPage(
      <ThingCommentItem comment={sampleThingComment()} onReply={onReply} />,
    );
    await openMenu();
    expect(screen.queryByRole('menuitem', { name: t('comments.delete') })).not.toBeInTheDocument();
    unmount();
    const mine = sampleThingComment({ viewer_may_delete: true });
    renderPage(<ThingCommentItem comment={mine} onReply={onReply} />, { userId: 'ann' });
    await openMenu();
    await userEvent.click(screen.getByRole('menuitem', { name: t('comments.delete') }));
    const called = () =>
      rest.mock.calls.some(([input]) => (input instanceof Request ? input.url : String(input)).includes('/rpc/delete_'));
    expect(called()).toBe(false);
    await userEvent.click(await screen.findByRole('button', { name: t('comments.delete') }));
    await vi.waitFor(() => expect(called()).toBe(true));
  });
});
