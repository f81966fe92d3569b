import { AuthRetryableFetchError } from '@supabase/supabase-js';
import { describe, expect, it, vi } from 'vitest';
import { supabase } from '@/lib/supabase';
import { fakeRest, sessionOf } from '@/test/fake-supabase';
import { acceptTerms, fetchTermsAccepted, signUp } from './auth-api';
import { signUpSchema } from './auth-schemas';
import { TERMS_VERSION } from './terms-version';

const account = { email: 'ann@example.com', password: 'long enough', displayName: 'Ann' };
const session = sessionOf('ann');

describe('signUp', () => {
  it('sends the accepted terms and the way back along', async () => {
    const sent = vi
      .spyOn(supabase.auth, 'signUp')
      .mockResolvedValue({ data: { user: session.user, session }, error: null });
    expect(await signUp(account, '?next=%2Fupload')).toBe('signed-in');
    expect(sent).toHaveBeenCalledWith({
      email: 'ann@example.com',
      password: 'long enough',
      options: {
        data: { display_name: 'Ann', terms_version: TERMS_VERSION },
        emailRedirectTo: `${window.location.origin}/sign-in?next=%2Fupload`,
      },
    });
  });

  it('waits for the address to be confirmed where that is asked for', async () => {
    vi.spyOn(supabase.auth, 'signUp').mockResolvedValue({
      data: { user: session.user, session: null },
      error: null,
    });
    expect(await signUp(account, '')).toBe('confirm-email');
  });

  it('has a reason of its own for what the database refuses', async () => {
    vi.spyOn(supabase.auth, 'signUp').mockResolvedValue({
      data: { user: null, session: null },
      error: new AuthRetryableFetchError('Database error saving new user', 500),
    });
    await expect(signUp(account, '')).rejects.toThrow('sign_up_refused');
  });
});

describe('the terms', () => {
  it('are accepted once there is a row of this version', async () => {
    const { signal } = new AbortController();
    fakeRest({ terms_acceptances: [{ version: TERMS_VERSION }] });
    expect(await fetchTermsAccepted(signal)).toBe(true);
    fakeRest({ terms_acceptances: [] });
    expect(await fetchTermsAccepted(signal)).toBe(false);
  });

  it('are accepted by version', async () => {
    const rest = fakeRest({ accept_terms: null });
    await acceptTerms();
    expect(rest.mock.calls[0]?.[1]).toMatchObject({
      body: JSON.stringify({ p_version: TERMS_VERSION }),
    });
  });
});

describe('signUpSchema', () => {
  const valid = { ...account, acceptsTerms: true };
  it.each([
    [{ email: 'ann@' }, 'email'],
    [{ password: 'short' }, 'password'],
    [{ password: 'x'.repeat(73) }, 'password'],
    [{ displayName: '  ' }, 'displayName'],
    [{ acceptsTerms: false }, 'acceptsTerms'],
  ])('refuses %j', (change, field) => {
    const result = signUpSchema.safeParse({ ...valid, ...change });
    expect(result.error?.issues[0]?.path).toEqual([field]);
  });

  it('takes an address with spaces around it', () => {
    expect(signUpSchema.parse({ ...valid, email: ' ann@example.com ' }).email).toBe(account.email);
  });
});
