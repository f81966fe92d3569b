import type { FeedState } from './feed-store';

/** Where one was in each feed, for those who come back from a profile. */
export const feedActions = (set: (change: Partial<FeedState>) => void, get: () => FeedState) => ({
  remember: (feed: string, index: number) =>
    set({ positions: { ...get().positions, [feed]: index } }),
  /** A new round starts from the top. */
  startOver: () => set({ positions: {}, round: get().round + 1 }),
});
