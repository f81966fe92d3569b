import type { Session, User } from '@supabase/supabase-js';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  Fragment,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { forgetAccount } from './account-change';
import { supabase } from './supabase';

export interface SessionState {
  status: 'loading' | 'signed-in' | 'signed-out';
  user: User | null;
  userId: string | null;
  /** Empty until they are known; where that matters, use `useRoles`. */
  roles: readonly string[];
  /** The session is over, and not because the person signed out here: it ran out, or was ended elsewhere. */
  expired: boolean;
  /** On this device, or everywhere. */
  signOut: (scope?: 'local' | 'global') => Promise<void>;
}

const NO_ROLES: readonly string[] = [];
const SessionContext = createContext<SessionState | null>(null);

function rolesQuery(userId: string | null) {
  return queryOptions({
    queryKey: ['user_roles', userId],
    enabled: userId !== null,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await supabase
        .rpc('my_roles', undefined, { get: true })
        .abortSignal(signal)
        .throwOnError();
      return data.map((role): string => role);
    },
  });
}

/** The session as it comes from Auth, and how many times the account has changed since the start. */
function useAuthSession() {
  const queryClient = useQueryClient();
  const [session, setSession] = useState<Session | null>();
  const [changes, setChanges] = useState(0);
  const [expired, setExpired] = useState(false);
  const known = useRef<string | null>(undefined);
  const leaving = useRef(false);

  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_event, next) => {
      // Auth holds a lock while this runs: awaiting it here would wait for ever
      const userId = next?.user.id ?? null;
      if (known.current !== undefined && known.current !== userId) {
        queryClient.clear(); // nothing that one account has seen is left for the next
        forgetAccount();
        setChanges((count) => count + 1);
        setExpired(userId === null && !leaving.current);
      }
      known.current = userId;
      setSession(next);
    });
    return () => data.subscription.unsubscribe();
  }, [queryClient]);

  const signOut = useCallback(async (scope: 'local' | 'global' = 'local') => {
    leaving.current = true;
    try {
      const { error } = await supabase.auth.signOut({ scope });
      if (error) throw error;
    } finally {
      leaving.current = false;
    }
  }, []);

  return { session, changes, expired, signOut };
}

/** Knows who is signed in. What is below starts afresh when the account changes. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { session, changes, expired, signOut } = useAuthSession();
  const user = session?.user ?? null;
  const { data: roles = NO_ROLES } = useQuery(rolesQuery(user?.id ?? null));

  const value = useMemo<SessionState>(
    () => ({
      status: session === undefined ? 'loading' : session === null ? 'signed-out' : 'signed-in',
      user,
      userId: user?.id ?? null,
      roles,
      expired,
      signOut,
    }),
    [session, user, roles, expired, signOut],
  );

  return (
    <SessionContext value={value}>
      <Fragment key={changes}>{children}</Fragment>
    </SessionContext>
  );
}

export function useSession(): SessionState {
  const value = use(SessionContext);
  if (!value) throw new Error('useSession must be used inside <SessionProvider>');
  return value;
}

/** The signed-in person's roles as a query, for those who must tell "none" from "not known yet". */
export function useRoles() {
  return useQuery(rolesQuery(useSession().userId));
}

/** The id of whoever is signed in, for pages behind `RequireMember`. */
export function useUserId(): string {
  const { userId } = useSession();
  if (userId === null) throw new Error('this page is for members: guard its route');
  return userId;
}
