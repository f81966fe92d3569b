import { useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '@/lib/live';
import { useUserId } from '@/lib/session';

/** For how long a sign of typing counts, and how often one is given, in milliseconds. */
const COUNTS = 4000;
const EVERY = 2500;

function isTyping(payload: unknown, userId: string): boolean | null {
  if (typeof payload !== 'object' || payload === null || !('by' in payload)) return null;
  if (payload.by === userId) return null; // in another window of one's own
  return 'typing' in payload && payload.typing === true;
}

/** A conversation as it happens: `typing` while the other one writes, `tell` that oneself does. */
export function useTyping(conversationId: string) {
  const userId = useUserId();
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(0);
  const { live, send } = useLive('conversations', conversationId, {
    onMessage: (event, payload) => {
      const next = event === 'typing' ? isTyping(payload, userId) : null;
      if (next === null) return;
      clearTimeout(timer.current);
      setTyping(next);
      if (next) timer.current = setTimeout(() => setTyping(false), COUNTS);
    },
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useCallback(
    (now: boolean) => {
      const time = Date.now();
      if (now && time - told.current < EVERY) return;
      told.current = now ? time : 0;
      send('typing', { by: userId, typing: now });
    },
    [send, userId],
  );
  return { live, typing, tell };
}
