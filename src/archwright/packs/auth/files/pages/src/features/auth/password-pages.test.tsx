import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { supabase } from '@/lib/supabase';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component as ForgotPasswordPage } from './forgot-password-page';
import { Component as ResetPasswordPage } from './reset-password-page';

const { t } = i18n;

describe('a forgotten password', () => {
  it('has a link sent that leads to the page for a new one', async () => {
    const sent = vi
      .spyOn(supabase.auth, 'resetPasswordForEmail')
      .mockResolvedValue({ data: {}, error: null });
    renderPage(<ForgotPasswordPage />, { at: '/forgot-password' });
    await userEvent.type(screen.getByLabelText(t('auth.email')), 'ann@example.com');
    await userEvent.click(screen.getByRole('button', { name: t('auth.sendLink') }));
    expect(await screen.findByText(t('auth.checkMailTitle'))).toBeInTheDocument();
    const redirectTo = `${window.location.origin}/reset-password`;
    expect(sent).toHaveBeenCalledWith('ann@example.com', { redirectTo });
  });
});

describe('choosing a new password', () => {
  it('saves it and goes on', async () => {
    fakeRest({});
    const { user } = sessionOf('ann');
    const saved = vi
      .spyOn(supabase.auth, 'updateUser')
      .mockResolvedValue({ data: { user }, error: null });
    const { router } = renderPage(<ResetPasswordPage />, {
      at: '/reset-password',
      userId: 'ann',
      routes: [{ path: '/', element: <p>home</p> }],
    });
    await userEvent.type(screen.getByLabelText(t('auth.newPassword')), 'a better one');
    await userEvent.click(screen.getByRole('button', { name: t('auth.savePassword') }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
    expect(saved).toHaveBeenCalledWith({ password: 'a better one' });
  });

  it('offers a new link when this one did not sign anybody in', () => {
    renderPage(<ResetPasswordPage />, { at: '/reset-password' });
    expect(screen.getByText(t('auth.linkExpiredTitle'))).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('auth.askAgain') })).toHaveAttribute(
      'href',
      '/forgot-password',
    );
  });
});
