import { useRef } from 'react';

/**
 * Gives the focus back to what opened an overlay. The primitives do so for a trigger of their own only,
 * and ours are opened by state. Spread the result into their `Content`.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const { activeElement } = document;
      opener.current = activeElement instanceof HTMLElement ? activeElement : null;
    },
    onCloseAutoFocus: () => {
      if (opener.current?.isConnected) opener.current.focus();
    },
  };
}
