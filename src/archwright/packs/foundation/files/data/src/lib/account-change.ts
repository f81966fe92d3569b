/** Keys of `localStorage` that belong to an account, and not to the device, begin with this. */
const ACCOUNT_KEY = 'account:';

const forgetters = new Set<() => void>();
let changes = 0;

/** How often the account has changed: what began under another number was begun by somebody else. */
export function accountChanges(): number {
  return changes;
}

/** Stores that hold what one account did start afresh when another one takes over. */
export function onAccountChange(forget: () => void): void {
  forgetters.add(forget);
}

/** Nothing that one account left in this browser is there for the next, in loaded stores or not. */
export function forgetAccount(): void {
  changes += 1;
  for (const forget of forgetters) forget();
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(ACCOUNT_KEY));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // storage may be blocked: then nothing was kept either
  }
}
