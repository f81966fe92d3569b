import { errorStatus } from '@/lib/errors';
import { supabase } from '@/lib/supabase';
import { TERMS_VERSION } from './terms-version';

interface Credentials {
  email: string;
  password: string;
}

interface NewAccount extends Credentials {
  displayName: string;
}

type SignUpResult = 'signed-in' | 'confirm-email';

function address(path: string): string {
  return new URL(path, window.location.origin).href;
}

export async function signIn({ email, password }: Credentials): Promise<void> {
  const { error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) throw error;
}

/**
 * Creates an account; the database takes it only with the current terms. An address that has one
 * already gets the same answer where addresses are confirmed, so that nobody can try them out.
 */
export async function signUp(
  { email, password, displayName }: NewAccount,
  search: string,
): Promise<SignUpResult> {
  const { data, error } = await supabase.auth.signUp({
    email,
    password,
    options: {
      data: { display_name: displayName, terms_version: TERMS_VERSION },
      emailRedirectTo: address(`/sign-in${search}`),
    },
  });
  // what a trigger refuses reaches the browser without its reason and its code
  if (errorStatus(error) === 500) {
    throw new Error('sign_up_refused', { cause: error });
  }
  if (error) throw error;
  return data.session ? 'signed-in' : 'confirm-email';
}

/** Sends the letter that confirms a new account's address again; says nothing of whether there is one. */
export async function resendConfirmation(email: string, search: string): Promise<void> {
  const options = { emailRedirectTo: address(`/sign-in${search}`) };
  const { error } = await supabase.auth.resend({ type: 'signup', email, options });
  if (error) throw error;
}

export async function requestPasswordReset(email: string): Promise<void> {
  const redirectTo = address('/reset-password');
  const { error } = await supabase.auth.resetPasswordForEmail(email, { redirectTo });
  if (error) throw error;
}

export async function changePassword(password: string): Promise<void> {
  const { error } = await supabase.auth.updateUser({ password });
  if (error) throw error;
}

/** Whether the signed-in member has accepted the current terms. */
export async function fetchTermsAccepted(signal: AbortSignal): Promise<boolean> {
  const { data } = await supabase
    .from('terms_acceptances')
    .select('version')
    .eq('version', TERMS_VERSION)
    .limit(1)
    .abortSignal(signal)
    .throwOnError();
  return data.length > 0;
}

export async function acceptTerms(): Promise<void> {
  await supabase.rpc('accept_terms', { p_version: TERMS_VERSION }).throwOnError();
}
