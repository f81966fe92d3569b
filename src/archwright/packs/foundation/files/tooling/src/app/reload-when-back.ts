import { useEffect } from 'react';

/** What Chromium, Firefox, Safari and Vite say of code or styles that did not arrive. */
const NOT_LOADED =
  /dynamically imported module|importing a module script failed|unable to preload css/i;
const PAUSE = 4000;
/** A tab reloads itself once in so many milliseconds: what stays away then is for people to decide. */
const ONCE_IN = 60_000;
const NOTE = 'reloaded-at';

/** The page is fine, but its code has not arrived: no connection, or a newer version is out. */
export function isNotLoaded(error: unknown): boolean {
  return error instanceof Error && NOT_LOADED.test(error.message);
}

/** Where a browser lets nothing be noted, a tab could reload without end: it does not begin. */
function mayReload(): boolean {
  try {
    return Date.now() - Number(sessionStorage.getItem(NOTE) ?? 0) >= ONCE_IN;
  } catch {
    return false;
  }
}

async function answers(): Promise<boolean> {
  try {
    const { ok } = await fetch(window.location.href, { method: 'HEAD', cache: 'no-store' });
    return ok;
  } catch {
    return false;
  }
}

/** Browsers keep it in mind that code could not be loaded, so that only a new page asks for it again. */
export function useReloadWhenBack(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !mayReload()) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const look = async () => {
      const back = await answers();
      if (left) return;
      if (back) {
        sessionStorage.setItem(NOTE, String(Date.now()));
        window.location.reload();
      } else {
        timer = setTimeout(() => void look(), PAUSE);
      }
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [wanted]);
}
