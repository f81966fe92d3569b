import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
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
