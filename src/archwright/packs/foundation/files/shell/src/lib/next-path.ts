const HOME = '/';

/**
 * Where to go after signing in, as the address asked for it. Only a path of this app: anything that a
 * browser would read as another site leads home.
 */
export function safePath(wanted: string | null): string {
  if (!wanted?.startsWith('/')) return HOME;
  const here = window.location.origin;
  const url = URL.parse(wanted, here);
  if (!url || url.origin !== here || url.pathname.startsWith('//')) return HOME;
  return url.pathname + url.search + url.hash;
}

interface Target {
  pathname: string;
  search: string;
  hash: string;
}

/** The sign-in page that comes back to where one was. */
export function signInPath({ pathname, search, hash }: Target): string {
  const target = pathname + search + hash;
  return target === HOME ? '/sign-in' : `/sign-in?next=${encodeURIComponent(target)}`;
}
