import type { BlockDialogState } from './block-dialog-store';

type Set = (change: Partial<BlockDialogState>) => void;

/** The menu that asks for a block closes, so the question itself is asked by the layout. */
export function blockDialogActions(set: Set, _get: () => BlockDialogState) {
  return {
    ask: (member: NonNullable<BlockDialogState['member']>) => set({ member }),
    close: () => set({ member: null }),
  };
}
