import type {
  Mutation,
  MutationCacheNotifyEvent,
  Query,
  QueryCacheNotifyEvent,
  QueryClient,
} from '@tanstack/react-query';
import { isUnreachable } from './errors';

/** How long requests must fail before that is worth a word, in milliseconds. */
const GRACE = 3000;
/** Between two tries of what is on screen and could not be fetched. */
const PAUSE = 4000;

/**
 * Knows whether requests get through, of queries on screen and of what people have done; fetches
 * what is on screen again until they do.
 */
export function createReach(client: QueryClient) {
  const watchers = new Set<() => void>();
  // a query forgets that it has failed once it is fetched again, so it is remembered here
  const cutOff = new Set<Query>();
  const heldUp = new Set<Mutation>();
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

  const isWaited = (query: Query) => cutOff.has(query) && query.isActive();

  function retry() {
    again = undefined;
    void client.refetchQueries({ predicate: isWaited }, { cancelRefetch: false });
    look(); // the page may have been left
  }

  function look() {
    const waited = [...cutOff].some(isWaited);
    if (waited || heldUp.size > 0) {
      if (!lost) grace ??= setTimeout(() => show(true), GRACE);
      if (waited) again ??= setTimeout(retry, PAUSE * (0.75 + Math.random() / 2));
    } else {
      show(false);
    }
  }

  function onQuery(event: QueryCacheNotifyEvent) {
    const { query, type } = event;
    const action = type === 'updated' ? event.action : null;
    if (action?.type === 'failed' || action?.type === 'error') {
      if (isUnreachable(action.error)) cutOff.add(query);
      else cutOff.delete(query);
    } else if (action?.type === 'success' || type === 'removed') {
      cutOff.delete(query);
    }
    look();
  }

  function onMutation(event: MutationCacheNotifyEvent) {
    const { mutation, type } = event;
    if (!mutation) return;
    const failure =
      type === 'updated' && event.action.type === 'failed' ? event.action.error : null;
    if (isUnreachable(failure)) heldUp.add(mutation);
    else if (type === 'removed' || mutation.state.status !== 'pending') heldUp.delete(mutation);
    look();
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
      const queries = client.getQueryCache().subscribe(onQuery);
      const mutations = client.getMutationCache().subscribe(onMutation);
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
