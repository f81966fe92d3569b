import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { PAGE_SIZE } from '@/lib/keyset';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingComment } from '@/test/sample-thing-comment';
import { Component } from './thing-comment-page';

const { t } = i18n;
const at = { at: '/thing-comments/p', path: '/thing-comments/:thingCommentId' };

describe('the page of a comment', () => {
  it('shows the thread and leads to what it is about', async () => {
    fakeRest({ thing_comments: [sampleThingComment({ id: 'p', thing_id: 'a' })] });
    renderPage(<Component />, at);
    expect(await screen.findByRole('link', { name: t('comments.thing.page') })).toHaveAttribute(
      'href',
      '/things/a',
    );
    expect(screen.getAllByText('How lovely')).not.toHaveLength(0);
  });

  it('reads on until the reply that the link is about', async () => {
    const thread = sampleThingComment({ id: 'p', body: 'A question', reply_count: 21 });
    const reply = (id: string) => sampleThingComment({ id, parent_id: 'p', body: `Reply ${id}` });
    const early = Array.from({ length: PAGE_SIZE }, (_, n) => reply(`r${n}`));
    fakeRest({}).mockImplementation((input) => {
      const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
      const later = searchParams.get('or')?.includes('id.gt.r') === true;
      const answers: Record<string, unknown> = {
        'eq.late': [reply('late')],
        'eq.p': searchParams.has('id') ? [thread] : later ? [reply('late')] : early,
      };
      const asked = searchParams.get('id') ?? searchParams.get('parent_id') ?? '';
      const rows = pathname.endsWith('/thing_comments') ? answers[asked] : [];
      return Promise.resolve(Response.json(rows ?? []));
    });
    const shown = vi.spyOn(Element.prototype, 'scrollIntoView');
    renderPage(<Component />, { ...at, at: '/thing-comments/late' });
    const found = await screen.findByText('Reply late');
    expect(found.closest('li')).toHaveAttribute('aria-current', 'true');
    expect(shown).toHaveBeenCalledTimes(1);
  });

  it('says when it is gone', async () => {
    fakeRest({ thing_comments: [] });
    renderPage(<Component />, at);
    expect(await screen.findByText(t('comments.goneTitle'))).toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    fakeRest({ thing_comments: { code: '57014', message: 'timeout' } }, 500);
    renderPage(<Component />, at);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTimeout'));
  });
});
