import { useCallback, useEffect, useRef, type MouseEvent } from 'react';

const DOUBLE = 250;

/** Tells one tap from two. The keyboard has no double tap: its press counts at once. */
export function useTap(onTap: () => void, onDoubleTap: () => void) {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return useCallback(
    (event: MouseEvent) => {
      if (event.detail === 0) {
        onTap();
        return;
      }
      if (waiting.current !== undefined) {
        clearTimeout(waiting.current);
        waiting.current = undefined;
        onDoubleTap();
        return;
      }
      waiting.current = setTimeout(() => {
        waiting.current = undefined;
        onTap();
      }, DOUBLE);
    },
    [onTap, onDoubleTap],
  );
}
