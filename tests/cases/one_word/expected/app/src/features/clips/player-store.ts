import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { playerActions } from './player-actions';

export interface PlayerState {
  muted: boolean;
  activeId: string | null;
}

const initial: PlayerState = {
  muted: true,
  activeId: null,
};

export const usePlayerStore = create<PlayerState & ReturnType<typeof playerActions>>()(persist((set, get) => ({ ...initial, ...playerActions(set, get) }), { name: 'clips.player', version: 1, partialize: ({ muted }) => ({ muted }) }));
