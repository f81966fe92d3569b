import type { RecentSearchesState } from './recent-searches-store';

const KEPT = 8;

/** The latest searches of this browser, the last one first, each once. */
export function recentSearchesActions(
  set: (change: Partial<RecentSearchesState>) => void,
  get: () => RecentSearchesState,
) {
  const others = (query: string) =>
    get().queries.filter((known) => known.toLowerCase() !== query.toLowerCase());
  return {
    remember: (query: string) => set({ queries: [query, ...others(query)].slice(0, KEPT) }),
    forget: (query: string) => set({ queries: others(query) }),
    forgetAll: () => set({ queries: [] }),
  };
}
