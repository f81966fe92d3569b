import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useFeedStore } from './feed-store';

/**
 * Which video of a feed is on screen, and how to get to another one; the place behind the last video is
 * its end. Comes back to the video where it was, as long as the feed still has it.
 */
export function useFeedPosition(feed: string, ids: readonly string[]) {
  const list = useRef<HTMLUListElement>(null);
  const [index, setIndex] = useState(() =>
    Math.max(0, ids.indexOf(useFeedStore.getState().positions[feed] ?? '')),
  );
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
    const id = ids[reached];
    if (id !== undefined) remember(feed, id);
  }, [feed, ids, remember]);

  const goTo = useCallback(
    (wanted: number) => {
      const element = list.current;
      if (!element || wanted < 0 || wanted > ids.length) return;
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      element.scrollTo({
        top: wanted * element.clientHeight,
        behavior: still ? 'instant' : 'smooth',
      });
    },
    [ids],
  );
  return { list, index: Math.min(index, ids.length), onScroll, goTo };
}
