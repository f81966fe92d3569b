import type { QueryClient } from '@tanstack/react-query';

interface Entry {
  timer: ReturnType<typeof setTimeout> | undefined;
  running: boolean;
  /** Something came in while it was being fetched. */
  again: boolean;
  held: number;
}

/** Between two fetches of a table, in milliseconds: a burst of news is one fetch. */
const PAUSE = 300;
/** How often what the person does to a table holds its news back, by a pause each time. */
const MOST_HELD = 20;

/**
 * Fetches again what is on screen of a table, and marks what is not as stale. One fetch at a time;
 * none while a change of that table is under way, so that nothing is there twice or jumps back.
 */
export function createRefresher(client: QueryClient) {
  const entries = new Map<string, Entry>();

  function wait(table: string, entry: Entry, delay: number) {
    entry.timer = setTimeout(() => void refresh(table, entry), delay);
  }

  async function refresh(table: string, entry: Entry) {
    entry.timer = undefined;
    const changing = client.isMutating({
      mutationKey: [table],
      predicate: (mutation) => !mutation.state.isPaused,
    });
    if (changing > 0 && entry.held < MOST_HELD) {
      entry.held += 1;
      wait(table, entry, PAUSE);
      return;
    }
    entry.held = 0;
    entry.again = false;
    entry.running = true;
    await client.invalidateQueries({ queryKey: [table] });
    entry.running = false;
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
