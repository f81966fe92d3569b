import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Profile } from '@/features/profiles/profiles-api';
import { SessionProvider } from '@/lib/session';
import { fakeAuth, fakeRest, sessionOf } from '@/test/fake-supabase';
import { sampleProfile } from '@/test/sample-profile';
import { followed, unfollowed, useFollow } from './use-follow';

const bob = sampleProfile({
  id: 'bob',
  follower_count: 3,
  viewer_follows: false,
  viewer_requested: false,
});

describe('what following changes', () => {
  it('counts a follower of a public profile', () => {
    expect(followed(bob)).toEqual({ viewer_follows: true, follower_count: 4 });
  });

  it('only asks a private one', () => {
    expect(followed({ ...bob, is_private: true })).toEqual({ viewer_requested: true });
  });

  it('does not count twice', () => {
    expect(followed({ ...bob, viewer_follows: true })).toEqual({});
  });

  it('closes a private profile again', () => {
    const friend = { ...bob, is_private: true, viewer_follows: true };
    expect(unfollowed(friend)).toMatchObject({ follower_count: 2, viewer_may_see: false });
    const asked = { ...bob, is_private: true, viewer_requested: true };
    expect(unfollowed(asked)).toMatchObject({ follower_count: 3, viewer_requested: false });
  });
});

describe('useFollow', () => {
  let client: QueryClient;
  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  });

  const row = (handle: string) => client.getQueryData<Profile>(['profiles', 'handle', handle]);

  function renderFollow() {
    const auth = fakeAuth();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <SessionProvider>{children}</SessionProvider>
      </QueryClientProvider>
    );
    const { result } = renderHook(() => useFollow(bob), { wrapper });
    act(() => auth.emit('INITIAL_SESSION', sessionOf('ann')));
    client.setQueryData(['profiles', 'handle', 'bob'], bob);
    client.setQueryData(
      ['profiles', 'handle', 'ann'],
      sampleProfile({ id: 'ann', following_count: 7 }),
    );
    return result;
  }

  it('changes both profiles at once', async () => {
    fakeRest({});
    const result = renderFollow();
    act(() => result.current.mutate(true));
    await waitFor(() => expect(row('bob')?.viewer_follows).toBe(true));
    expect(row('bob')?.follower_count).toBe(4);
    expect(row('ann')?.following_count).toBe(8);
  });

  it('takes it back when the server refuses', async () => {
    vi.spyOn(toast, 'error').mockReturnValue(1);
    fakeRest({ follows: { code: '42501', message: 'denied' } }, 403);
    const result = renderFollow();
    act(() => result.current.mutate(true));
    await waitFor(() => expect(result.current.isError).toBe(true));
    expect(row('bob')).toMatchObject({ viewer_follows: false, follower_count: 3 });
    expect(row('ann')?.following_count).toBe(7);
  });
});
