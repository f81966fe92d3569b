const VISIBLE = 5000;
const HIDDEN = 60_000;

/** How often to ask for what is new, in milliseconds: seldom while nobody looks. */
export function pollInterval(): number {
  return document.visibilityState === 'hidden' ? HIDDEN : VISIBLE;
}

export const polling = { refetchInterval: pollInterval, refetchIntervalInBackground: true };
