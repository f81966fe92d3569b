import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useFeedStore } from './feed-store';

/** Which video of a feed is on screen, and how to get to another one. Comes back to where it was. */
export function useFeedPosition(feed: string, count: number) {
  const list = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(() => useFeedStore.getState().positions[feed] ?? 0);
  const remember = useFeedStore((state) => state.remember);
  const start = useRef(index);

  useLayoutEffect(() => {
    const element = list.current;
    if (element) element.scrollTop = start.current * element.clientHeight;
  }, []);

  const onScroll = useCallback(() => {
    const element = list.current;
    if (!element || element.clientHeight === 0) return;
    const reached = Math.round(element.scrollTop / element.clientHeight);
    setIndex(reached);
    remember(feed, reached);
  }, [feed, remember]);

  const goTo = useCallback(
    (wanted: number) => {
      const element = list.current;
      if (!element || wanted < 0 || wanted >= count) return;
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      element.scrollTo({
        top: wanted * element.clientHeight,
        behavior: still ? 'instant' : 'smooth',
      });
    },
    [count],
  );
  return { list, index: Math.min(index, Math.max(0, count - 1)), onScroll, goTo };
}
