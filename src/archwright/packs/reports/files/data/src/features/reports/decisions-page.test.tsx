import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component } from './decisions-page';

const { t } = i18n;
const suspended = {
  id: 'd1',
  action: 'suspend',
  subject_kind: 'of a later version',
  subject_id: 's1',
  reason: 'spam',
  suspended_until: '2026-02-01T00:00:00Z',
  created_at: '2026-01-01T00:00:00Z',
};

describe('the page of decisions about oneself', () => {
  it('says what was decided, and why', async () => {
    fakeRest({ decisions_about_me: [suspended] });
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByText(t('reports.mine.suspend'))).toBeInTheDocument();
    const reason = t('reports.reasons.spam');
    expect(screen.getByText(t('reports.because', { reason }))).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: t('reports.view') })).not.toBeInTheDocument();
  });

  it('says of what nobody gave a reason for only what it is', async () => {
    const lifted = { ...suspended, action: 'lift', reason: null, suspended_until: null };
    fakeRest({ decisions_about_me: [lifted] });
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByText(t('reports.mine.lift'))).toBeInTheDocument();
    expect(screen.queryByText(t('reports.reasons.spam'))).not.toBeInTheDocument();
  });

  it('says when there is nothing', async () => {
    fakeRest({ decisions_about_me: [] });
    renderPage(<Component />, { userId: 'ann' });
    expect(await screen.findByText(t('reports.decisionsEmpty'))).toBeInTheDocument();
  });
});
