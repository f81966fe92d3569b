import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { handleSchema } from './handle';
import { isHandleFree } from './profiles-api';

const PAUSE = 350;

/** `unknown`: not a handle, one's own, or the question failed; saving it will tell. */
export type HandleCheck = 'unknown' | 'checking' | 'free' | 'taken';

function usePaused<Value>(value: Value): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

/** Whether a handle is free, asked when the typing pauses. */
export function useHandleCheck(typed: string, ownHandle: string): HandleCheck {
  const parsed = handleSchema.safeParse(typed);
  const handle = parsed.success && parsed.data !== ownHandle ? parsed.data : null;
  const paused = usePaused(handle);
  const { data, isError } = useQuery({
    queryKey: ['profiles', 'free', paused],
    enabled: paused !== null,
    staleTime: 10_000,
    queryFn: ({ signal }) => isHandleFree(paused ?? '', signal),
  });
  if (handle === null || (isError && handle === paused)) return 'unknown';
  if (handle !== paused || data === undefined) return 'checking';
  return data ? 'free' : 'taken';
}
