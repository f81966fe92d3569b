import type { Mutation, QueryClient } from '@tanstack/react-query';

interface Entry {
  timer: ReturnType<typeof setTimeout> | undefined;
  running: boolean;
  /** Something came in while it was being fetched, or the fetch was stopped. */
  again: boolean;
  held: number;
}

/** Between two fetches of a table, in milliseconds: a burst of news is one fetch. */
const PAUSE = 300;
/** How often something holds the news of a table back, by a pause each time. */
const MOST_HELD = 20;

function concerns(table: string, { state, options, meta }: Mutation): boolean {
  if (state.isPaused) return false;
  return options.mutationKey?.[0] === table || (meta?.tables?.includes(table) ?? false);
}

/**
 * Fetches again what is on screen of a table, and marks what is not as stale. One fetch at a time;
 * none while a change of that table is under way, so that nothing is there twice or jumps back, and
 * none during a first one: it would not be made twice, though it may be from before the news.
 */
export function createRefresher(client: QueryClient) {
  const entries = new Map<string, Entry>();

  function wait(table: string, entry: Entry, delay: number) {
    entry.timer = setTimeout(() => void refresh(table, entry), delay);
  }

  const changesOf = (table: string) =>
    client.getMutationCache().findAll({
      status: 'pending',
      predicate: (mutation) => concerns(table, mutation),
    });

  const isFetchingFirst = (table: string) =>
    client.isFetching({ queryKey: [table], predicate: ({ state }) => state.data === undefined }) > 0;

  async function refresh(table: string, entry: Entry) {
    entry.timer = undefined;
    const changes = changesOf(table);
    const isFirst = isFetchingFirst(table);
    if ((changes.length > 0 || isFirst) && entry.held < MOST_HELD) {
      entry.held += 1;
      wait(table, entry, PAUSE);
      return;
    }
    entry.held = 0;
    entry.again = isFirst;
    entry.running = true;
    await client.invalidateQueries({ queryKey: [table] });
    entry.running = false;
    // a change that has begun meanwhile has stopped the fetch
    if (changesOf(table).some((change) => !changes.includes(change))) entry.again = true;
    if (entry.again && entries.get(table) === entry) wait(table, entry, PAUSE);
  }

  return {
    /** Has the tables fetched again, after at most `spread` milliseconds. */
    mark(tables: readonly string[], spread = 0): void {
      for (const table of tables) {
        const entry = entries.get(table) ?? {
          timer: undefined,
          running: false,
          again: false,
          held: 0,
        };
        entries.set(table, entry);
        if (entry.running) entry.again = true;
        else if (entry.timer === undefined) wait(table, entry, Math.random() * spread);
      }
    },
    stop(): void {
      for (const entry of entries.values()) clearTimeout(entry.timer);
      entries.clear();
    },
  };
}

export type Refresher = ReturnType<typeof createRefresher>;
