import { Navigate, Outlet, useLocation, useSearchParams } from 'react-router';
import { ErrorState } from '@/components/query-state';
import { Spinner } from '@/components/ui/spinner';
import { safePath, signInPath } from '@/lib/next-path';
import { useRoles, useSession } from '@/lib/session';
import { NotFound } from './route-error';

function Waiting() {
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <Spinner />
    </div>
  );
}

/** Pages for people with an account. The database decides what they may see; this is for comfort. */
export function RequireMember() {
  const { status } = useSession();
  const location = useLocation();
  if (status === 'loading') return <Waiting />;
  if (status === 'signed-out') return <Navigate to={signInPath(location)} replace />;
  return <Outlet />;
}

/** Signing in and signing up: whoever is signed in goes on to where they wanted to go. */
export function RequireGuest() {
  const { status } = useSession();
  const [search] = useSearchParams();
  if (status === 'loading') return <Waiting />;
  if (status === 'signed-in') return <Navigate to={safePath(search.get('next'))} replace />;
  return <Outlet />;
}

/** Pages for one role. For everyone else they do not exist. */
export function RequireRole({ role }: { role: string }) {
  const { status } = useSession();
  const roles = useRoles();
  const location = useLocation();
  if (status === 'signed-out') return <Navigate to={signInPath(location)} replace />;
  if (status === 'loading' || roles.isPending) return <Waiting />;
  if (roles.data === undefined) {
    return (
      <ErrorState
        error={roles.error}
        onRetry={() => void roles.refetch()}
        retrying={roles.isFetching}
      />
    );
  }
  return roles.data.includes(role) ? <Outlet /> : <NotFound />;
}
