import type { AuthChangeEvent, Session } from '@supabase/supabase-js';
import { vi } from 'vitest';
import { supabase } from '@/lib/supabase';

/** A session of this person, as far as the app looks at it. */
export function sessionOf(userId: string): Session {
  return {
    access_token: `token-of-${userId}`,
    refresh_token: 'refresh',
    expires_in: 3600,
    token_type: 'bearer',
    user: {
      id: userId,
      email: `${userId}@example.com`,
      app_metadata: {},
      user_metadata: {},
      aud: 'authenticated',
      created_at: '2026-01-01T00:00:00Z',
    },
  };
}

type Listener = (event: AuthChangeEvent, session: Session | null) => void;

/** Stands in for Auth; `emit` is what Auth would tell the app. Restored after each test. */
export function fakeAuth() {
  const listeners = new Set<Listener>();
  vi.spyOn(supabase.auth, 'onAuthStateChange').mockImplementation((listener: Listener) => {
    listeners.add(listener);
    const unsubscribe = () => void listeners.delete(listener);
    return { data: { subscription: { id: 'fake', callback: listener, unsubscribe } } };
  });
  const emit = (event: AuthChangeEvent, session: Session | null) => {
    for (const listener of listeners) listener(event, session);
  };
  vi.spyOn(supabase.auth, 'signOut').mockImplementation(() => {
    emit('SIGNED_OUT', null);
    return Promise.resolve({ error: null });
  });
  vi.spyOn(supabase.auth, 'getSession').mockResolvedValue({ data: { session: null }, error: null });
  return { emit, listeners };
}

/** Answers every request by path: the table's or function's name -> JSON, or an error status. */
export function fakeRest(answers: Readonly<Record<string, unknown>>, status = 200) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const name = url.pathname.split('/').at(-1) ?? '';
    const body = Object.hasOwn(answers, name) ? answers[name] : [];
    return Promise.resolve(Response.json(body, { status }));
  });
}
