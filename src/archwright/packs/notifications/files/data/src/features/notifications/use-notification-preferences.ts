import { useQuery } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { fetchOptOuts, setWanted } from './notifications-api';

const KEY = ['notification_opt_outs'];

export function useOptOuts() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchOptOuts(signal) });
}

/** Turns kinds of news on or off, at once. */
export function useSetWanted() {
  return useOptimisticMutation<{ kinds: readonly string[]; wanted: boolean }>({
    mutationKey: ['notification_opt_outs', 'set'],
    tables: KEY,
    mutationFn: ({ kinds, wanted }) => setWanted(kinds, wanted),
    optimistic: (client, { kinds, wanted }) => {
      const before = client.getQueryData<string[]>(KEY);
      if (!before) return []; // not known yet: these would be taken for all there are
      const changed = kinds.filter((kind) => before.includes(kind) === wanted);
      const set = (out: boolean) =>
        client.setQueryData<string[]>(KEY, (now = []) => {
          const others = now.filter((kind) => !changed.includes(kind));
          return out ? [...others, ...changed] : others;
        });
      set(!wanted);
      return () => void set(wanted); // what was chosen since for other kinds stays
    },
  });
}
