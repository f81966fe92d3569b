import type { FeedState } from './feed-store';

/** Which video one was at in each feed, for those who come back from a profile. */
export const feedActions = (set: (change: Partial<FeedState>) => void, get: () => FeedState) => ({
  remember: (feed: string, videoId: string) =>
    set({ positions: { ...get().positions, [feed]: videoId } }),
  /** A new round starts from the top. */
  startOver: () => set({ positions: {}, round: get().round + 1 }),
});
