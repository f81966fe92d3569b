import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeAuth, fakeRest, sessionOf } from '@/test/fake-supabase';
import { onAccountChange } from './account-change';
import { SessionProvider, useSession } from './session';
import { supabase } from './supabase';

function Who() {
  const { status, userId, roles, expired, signOut } = useSession();
  return (
    <button type="button" onClick={() => void signOut().catch(() => undefined)}>
      {[status, userId ?? 'nobody', ...roles, expired ? 'expired' : ''].join(' ')}
    </button>
  );
}

describe('SessionProvider', () => {
  let client: QueryClient;
  let auth: ReturnType<typeof fakeAuth>;

  beforeEach(() => {
    auth = fakeAuth();
    fakeRest({ my_roles: ['moderator'] });
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    render(
      <QueryClientProvider client={client}>
        <SessionProvider>
          <Who />
        </SessionProvider>
      </QueryClientProvider>,
    );
  });

  const tell = (...args: Parameters<typeof auth.emit>) => act(() => auth.emit(...args));

  it('is loading until Auth has spoken', () => {
    expect(screen.getByRole('button')).toHaveTextContent('loading nobody');
    tell('INITIAL_SESSION', null);
    expect(screen.getByRole('button')).toHaveTextContent('signed-out nobody');
  });

  it('knows the person and reads the roles', async () => {
    tell('INITIAL_SESSION', sessionOf('ann'));
    expect(screen.getByRole('button')).toHaveTextContent('signed-in ann');
    await waitFor(() => expect(screen.getByRole('button')).toHaveTextContent('ann moderator'));
  });

  it('keeps the cache when only the token is new', () => {
    tell('INITIAL_SESSION', sessionOf('ann'));
    client.setQueryData(['films'], ['seen']);
    tell('TOKEN_REFRESHED', sessionOf('ann'));
    expect(client.getQueryData(['films'])).toEqual(['seen']);
  });

  it('forgets everything on sign-out', async () => {
    tell('INITIAL_SESSION', sessionOf('ann'));
    client.setQueryData(['films'], ['seen']);
    act(() => screen.getByRole('button').click());
    await waitFor(() => expect(screen.getByRole('button')).toHaveTextContent('signed-out nobody'));
    expect(client.getQueryData(['films'])).toBeUndefined();
    expect(screen.getByRole('button')).not.toHaveTextContent('expired');
  });

  it('knows when a session ended by itself, until the next one', () => {
    tell('INITIAL_SESSION', sessionOf('ann'));
    tell('SIGNED_OUT', null);
    expect(screen.getByRole('button')).toHaveTextContent('signed-out nobody expired');
    tell('SIGNED_IN', sessionOf('ann'));
    expect(screen.getByRole('button')).not.toHaveTextContent('expired');
  });

  it('knows it too after signing out has failed', async () => {
    const signOut = vi.spyOn(supabase.auth, 'signOut').mockRejectedValue(new Error('no lock'));
    tell('INITIAL_SESSION', sessionOf('ann'));
    await act(async () => screen.getByRole('button').click());
    expect(signOut).toHaveBeenCalledOnce();
    tell('SIGNED_OUT', null);
    expect(screen.getByRole('button')).toHaveTextContent('signed-out nobody expired');
  });

  it('forgets everything when another account takes over', () => {
    tell('INITIAL_SESSION', sessionOf('ann'));
    client.setQueryData(['films'], ['seen']);
    tell('SIGNED_IN', sessionOf('bob'));
    expect(client.getQueryData(['films'])).toBeUndefined();
    expect(screen.getByRole('button')).toHaveTextContent('signed-in bob');
  });

  it('keeps nothing of one account in this browser for the next', () => {
    const forget = vi.fn();
    onAccountChange(forget);
    localStorage.setItem('account:drafts', 'of ann');
    localStorage.setItem('theme', 'dark');
    tell('INITIAL_SESSION', sessionOf('ann'));
    tell('TOKEN_REFRESHED', sessionOf('ann'));
    expect(forget).not.toHaveBeenCalled();
    expect(localStorage.getItem('account:drafts')).toBe('of ann');
    tell('SIGNED_IN', sessionOf('bob'));
    expect(forget).toHaveBeenCalledOnce();
    expect(localStorage.getItem('account:drafts')).toBeNull();
    expect(localStorage.getItem('theme')).toBe('dark');
    localStorage.removeItem('theme');
  });
});
