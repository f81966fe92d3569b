import { useEffect } from 'react';
import { usePlayerStore } from '@/features/videos/player-store';

const BUSY =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="tablist"]';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  PageDown: 1,
  j: 1,
  ArrowUp: -1,
  PageUp: -1,
  k: -1,
};

/** Arrow keys, page keys, j and k move through the feed; m turns the sound on and off. */
export function useFeedKeys(index: number, goTo: (index: number) => void) {
  const toggleMuted = usePlayerStore((state) => state.toggleMuted);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(BUSY)) return;
      if (event.key === 'm') toggleMuted();
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault(); // the page itself must not scroll too
      goTo(index + step);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [index, goTo, toggleMuted]);
}
