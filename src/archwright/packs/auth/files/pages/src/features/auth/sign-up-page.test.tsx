import { AuthApiError } from '@supabase/supabase-js';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { supabase } from '@/lib/supabase';
import { sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component as SignUpPage } from './sign-up-page';

const { t } = i18n;
const { user: ann } = sessionOf('ann');

async function fillIn({ accept }: { accept: boolean }) {
  const user = userEvent.setup();
  renderPage(<SignUpPage />, { at: '/sign-up?next=%2Fupload', path: '/sign-up' });
  await user.type(screen.getByLabelText(t('auth.displayName')), 'Ann');
  await user.type(screen.getByLabelText(t('auth.email')), 'ann@example.com');
  await user.type(screen.getByLabelText(t('auth.password')), 'long enough');
  if (accept) await user.click(screen.getByRole('checkbox', { name: t('auth.acceptTerms') }));
  await user.click(screen.getByRole('button', { name: t('auth.signUp') }));
}

describe('signing up', () => {
  it('does not go on without the terms', async () => {
    const sent = vi.spyOn(supabase.auth, 'signUp');
    await fillIn({ accept: false });
    const box = screen.getByRole('checkbox', { name: t('auth.acceptTerms') });
    expect(await screen.findByText(t('auth.termsRequired'))).toBeInTheDocument();
    expect(box).toBeInvalid();
    expect(sent).not.toHaveBeenCalled();
  });

  it('tells to look for the mail where the address is to be confirmed', async () => {
    vi.spyOn(supabase.auth, 'signUp').mockResolvedValue({
      data: { user: ann, session: null },
      error: null,
    });
    await fillIn({ accept: true });
    expect(await screen.findByText(t('auth.checkMailTitle'))).toBeInTheDocument();
    expect(
      screen.getByText(t('auth.confirmText', { email: 'ann@example.com' })),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('auth.signIn') })).toHaveAttribute(
      'href',
      '/sign-in?next=%2Fupload',
    );
  });

  it('has the mail sent again, and says so when that was too often', async () => {
    vi.spyOn(supabase.auth, 'signUp').mockResolvedValue({
      data: { user: ann, session: null },
      error: null,
    });
    const again = vi.spyOn(supabase.auth, 'resend').mockResolvedValueOnce({
      data: { user: null, session: null },
      error: null,
    });
    await fillIn({ accept: true });
    const resend = await screen.findByRole('button', { name: t('auth.resend') });
    await userEvent.click(resend);
    expect(await screen.findByText(t('auth.resent'))).toBeInTheDocument();
    expect(again).toHaveBeenCalledWith({
      type: 'signup',
      email: 'ann@example.com',
      options: { emailRedirectTo: `${window.location.origin}/sign-in?next=%2Fupload` },
    });
    again.mockResolvedValueOnce({
      data: { user: null, session: null },
      error: new AuthApiError('Wait a minute', 429, 'over_email_send_rate_limit'),
    });
    await userEvent.click(resend);
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorTooMany'));
    expect(screen.queryByText(t('auth.resent'))).not.toBeInTheDocument();
  });

  it('says so when the address has an account', async () => {
    vi.spyOn(supabase.auth, 'signUp').mockResolvedValue({
      data: { user: null, session: null },
      error: new AuthApiError('User already registered', 422, 'user_already_exists'),
    });
    await fillIn({ accept: true });
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorEmailTaken'));
  });
});
