import { useRef } from 'react';

/** What has the focus; of a menu what opened it, for its items go when it closes. */
function focused(): Element | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role="menu"]');
  return menu
    ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
    : activeElement;
}

/**
 * Gives the focus back to what opened an overlay. The primitives do so for a trigger of their own only,
 * and ours are opened by state. Spread the result into their `Content`.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const element = focused();
      opener.current = element instanceof HTMLElement ? element : null;
    },
    onCloseAutoFocus: () => {
      if (opener.current?.isConnected) opener.current.focus();
    },
  };
}
