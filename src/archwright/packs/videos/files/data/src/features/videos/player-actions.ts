import type { PlayerState } from './player-store';

/** One video plays at a time: the one that came into view last. */
export const playerActions = (
  set: (change: Partial<PlayerState>) => void,
  get: () => PlayerState,
) => ({
  toggleMuted: () => set({ muted: !get().muted }),
  activate: (id: string) => set({ activeId: id }),
  /** Does nothing when another video has taken over already. */
  deactivate: (id: string) => {
    if (get().activeId === id) set({ activeId: null });
  },
});
