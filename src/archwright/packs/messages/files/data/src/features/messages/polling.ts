const VISIBLE = 5000;
const HIDDEN = 60_000;

/** How often to ask for what is new, in milliseconds: seldom while nobody looks. */
export function pollInterval(): number {
  return document.visibilityState === 'hidden' ? HIDDEN : VISIBLE;
}

/** Asking again and again, where nobody tells what is new. */
export function polling(needed: boolean) {
  return { refetchInterval: needed && pollInterval, refetchIntervalInBackground: true };
}
