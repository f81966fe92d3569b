import type { Mutation, Query, QueryClient } from '@tanstack/react-query';
import { isUnreachable } from './errors';

/** How long requests must fail before that is worth a word, in milliseconds. */
const GRACE = 3000;
/** Between two tries of what is on screen and could not be fetched. */
const PAUSE = 4000;

/** On screen, and its last try did not get through. */
function isCutOff(query: Query): boolean {
  return query.isActive() && isUnreachable(query.state.fetchFailureReason);
}

/** On its way, and did not get through so far. */
function isHeldUp({ state }: Mutation): boolean {
  return state.status === 'pending' && isUnreachable(state.failureReason);
}

/**
 * Knows whether requests get through, of queries on screen and of what people have done; fetches
 * what is on screen again until they do.
 */
export function createReach(client: QueryClient) {
  const watchers = new Set<() => void>();
  let lost = false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function show(next: boolean) {
    clearTimeout(grace);
    grace = undefined;
    if (lost === next) return;
    lost = next;
    for (const watcher of watchers) watcher();
  }

  function retry() {
    again = undefined;
    // what did not get through may have done so by now, and who is on screen may have changed
    void client.refetchQueries({ predicate: isCutOff }, { cancelRefetch: false });
    look();
  }

  function look() {
    const cutOff = client.getQueryCache().getAll().some(isCutOff);
    if (cutOff || client.getMutationCache().getAll().some(isHeldUp)) {
      if (!lost) grace ??= setTimeout(() => show(true), GRACE);
      if (cutOff) again ??= setTimeout(retry, PAUSE * (0.75 + Math.random() / 2));
    } else {
      show(false);
    }
  }

  return {
    /** Whether requests have failed to get through for a while. */
    isLost: () => lost,
    watch: (watcher: () => void): (() => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    /** Looks at all requests until the returned function is called. */
    start(): () => void {
      const queries = client.getQueryCache().subscribe(look);
      const mutations = client.getMutationCache().subscribe(look);
      return () => {
        queries();
        mutations();
        clearTimeout(grace);
        clearTimeout(again);
        grace = again = undefined;
      };
    },
  };
}

export type Reach = ReturnType<typeof createReach>;
