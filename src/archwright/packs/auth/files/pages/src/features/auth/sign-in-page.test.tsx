import { AuthApiError } from '@supabase/supabase-js';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { supabase } from '@/lib/supabase';
import { sessionOf } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { Component as SignInPage } from './sign-in-page';

const { t } = i18n;

async function fillIn(email: string, password: string) {
  const user = userEvent.setup();
  renderPage(<SignInPage />, { at: '/sign-in?next=%2Fupload', path: '/sign-in' });
  await user.type(screen.getByLabelText(t('auth.email')), email);
  await user.type(screen.getByLabelText(t('auth.password')), password);
  await user.click(screen.getByRole('button', { name: t('auth.signIn') }));
  return user;
}

describe('signing in', () => {
  it('sends the credentials', async () => {
    const session = sessionOf('ann');
    const sent = vi
      .spyOn(supabase.auth, 'signInWithPassword')
      .mockResolvedValue({ data: { user: session.user, session }, error: null });
    await fillIn(' ann@example.com', 'secret words');
    expect(sent).toHaveBeenCalledWith({ email: 'ann@example.com', password: 'secret words' });
  });

  it('says what is wrong by the code of the refusal', async () => {
    vi.spyOn(supabase.auth, 'signInWithPassword').mockResolvedValue({
      data: { user: null, session: null },
      error: new AuthApiError('Invalid login credentials', 400, 'invalid_credentials'),
    });
    await fillIn('ann@example.com', 'wrong');
    expect(await screen.findByRole('alert')).toHaveTextContent(t('app.errorCredentials'));
  });

  it('sends nothing while a field is not filled in', async () => {
    const sent = vi.spyOn(supabase.auth, 'signInWithPassword');
    await fillIn('ann', 'x');
    await waitFor(() => expect(screen.getByLabelText(t('auth.email'))).toBeInvalid());
    expect(sent).not.toHaveBeenCalled();
  });

  it('takes the way back along to the other pages', () => {
    renderPage(<SignInPage />, { at: '/sign-in?next=%2Fupload', path: '/sign-in' });
    expect(screen.getByRole('link', { name: t('auth.signUpTitle') })).toHaveAttribute(
      'href',
      '/sign-up?next=%2Fupload',
    );
  });

  it('can show the password', async () => {
    renderPage(<SignInPage />, { at: '/sign-in' });
    await userEvent.click(screen.getByRole('button', { name: t('auth.showPassword') }));
    expect(screen.getByLabelText(t('auth.password'))).toHaveAttribute('type', 'text');
  });
});
