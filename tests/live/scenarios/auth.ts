// @vitest-environment happy-dom
import { AuthApiError } from '@supabase/supabase-js';
import { expect, test, vi } from 'vitest';
import {
  acceptTerms,
  changePassword,
  fetchTermsAccepted,
  requestPasswordReset,
  resendConfirmation,
  signIn,
  signUp,
} from '@/features/auth/auth-api';
import { fetchProfileById } from '@/features/profiles/profiles-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { letters, open, PASSWORD, refused, signal } from './world';

const NEW = { email: 'auth.new@example.com', password: PASSWORD, displayName: 'Nia New' };
const signOut = () => supabase.auth.signOut({ scope: 'local' });

test('signing up makes an account with a profile that has accepted the terms', async () => {
  expect(await signUp(NEW, '')).toBe('signed-in');
  const { data } = await supabase.auth.getUser();
  const id = data.user?.id ?? '';
  expect(await fetchProfileById(id, signal)).toMatchObject({ display_name: 'Nia New', bio: '' });
  expect(await fetchTermsAccepted(signal)).toBe(true);
  await signOut();
});

test('an address that is taken, a weak password and old terms make no account', async () => {
  await refused(signUp(NEW, ''), 'user_already_exists');
  const other = { ...NEW, email: 'auth.other@example.com' };
  await refused(signUp({ ...other, password: '123' }, ''), 'weak_password');
  const truly = supabase.auth.signUp.bind(supabase.auth);
  vi.spyOn(supabase.auth, 'signUp').mockImplementation((sent) =>
    truly({ ...sent, options: { data: { terms_version: '1999-01' } } }),
  );
  await expect(signUp(other, '')).rejects.toThrow('sign_up_refused');
  await refused(signIn(other), 'invalid_credentials');
});

test('only the right password signs in', async () => {
  await refused(signIn({ ...NEW, password: 'wrong horse' }), 'invalid_credentials');
  await signIn(NEW);
  expect((await supabase.auth.getSession()).data.session?.user.email).toBe(NEW.email);
  await refused(changePassword(NEW.password), 'same_password');
  await signOut();
});

test('a forgotten password is replaced by way of a letter', async () => {
  await requestPasswordReset('auth.nobody@example.com');
  await requestPasswordReset(NEW.email);
  const [letter, ...more] = await letters(NEW.email);
  expect(more).toEqual([]);
  const code = (await open(letter)).searchParams.get('code') ?? '';
  const { error } = await supabase.auth.exchangeCodeForSession(code);
  expect(error).toBeNull();
  await changePassword('better horse');
  await signOut();
  await refused(signIn(NEW), 'invalid_credentials');
  await signIn({ ...NEW, password: 'better horse' });
  await signOut();
});

test('a letter that did not arrive can be asked for again', async () => {
  // here accounts are confirmed at once and nobody waits for a letter: what is asked for is looked at
  const nothing = { user: null, session: null };
  const asked = vi.spyOn(supabase.auth, 'resend');
  asked.mockResolvedValueOnce({ data: nothing, error: null });
  await resendConfirmation(NEW.email, '?next=%2Fupload');
  const emailRedirectTo = new URL('/sign-in?next=%2Fupload', window.location.origin).href;
  const options = { emailRedirectTo };
  expect(asked).toHaveBeenCalledWith({ type: 'signup', email: NEW.email, options });
  const error = new AuthApiError('Wait a minute', 429, 'over_email_send_rate_limit');
  asked.mockResolvedValueOnce({ data: nothing, error });
  await refused(resendConfirmation(NEW.email, ''), 'over_email_send_rate_limit');
});

test('whom staff invited accepts the terms on the first visit', async () => {
  await as('invited@example.com', async () => {
    expect(await fetchTermsAccepted(signal)).toBe(false);
    await acceptTerms();
    await acceptTerms();
    expect(await fetchTermsAccepted(signal)).toBe(true);
  });
});

test('a guest has no terms and no password', async () => {
  await refused(fetchTermsAccepted(signal));
  await refused(acceptTerms());
  await expect(changePassword('any horse')).rejects.toThrow('Auth session missing');
});
