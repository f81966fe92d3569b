import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { NewTermsDialog } from './new-terms-dialog';
import { Component as TermsPage } from './terms-page';
import { TERMS_VERSION } from './terms-version';

const { t } = i18n;

describe('the terms of use', () => {
  it('have a version and sections', () => {
    renderPage(<TermsPage />, { at: '/terms' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(t('auth.termsTitle'));
    expect(screen.getByText(t('auth.termsVersion', { version: TERMS_VERSION }))).toBeVisible();
    expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(8);
  });
});

describe('NewTermsDialog', () => {
  it('asks those who have accepted an older version only', async () => {
    const rest = fakeRest({ terms_acceptances: [], accept_terms: null });
    renderPage(<NewTermsDialog />, { userId: 'ann' });
    expect(await screen.findByRole('dialog', { name: t('auth.newTermsTitle') })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: t('auth.accept') }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const paths = rest.mock.calls.map(([input]) =>
      input instanceof Request ? input.url : String(input),
    );
    expect(paths.some((path) => path.endsWith('/rpc/accept_terms'))).toBe(true);
  });

  it('stays when accepting fails', async () => {
    fakeRest({ terms_acceptances: [] });
    renderPage(<NewTermsDialog />, { userId: 'ann' });
    const accept = await screen.findByRole('button', { name: t('auth.accept') });
    fakeRest({ accept_terms: { code: '23514', message: 'terms_not_current' } }, 400);
    await userEvent.click(accept);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('auth.termsChanged'));
  });

  it('leaves members who have accepted it and guests alone', async () => {
    const rest = fakeRest({ terms_acceptances: [{ version: TERMS_VERSION }] });
    const { unmount } = renderPage(<NewTermsDialog />, { userId: 'ann' });
    await waitFor(() => expect(rest).toHaveBeenCalled());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    unmount();
    renderPage(<NewTermsDialog />);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
