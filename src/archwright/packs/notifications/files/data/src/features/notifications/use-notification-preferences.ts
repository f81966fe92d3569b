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
      const others = (before ?? []).filter((kind) => !kinds.includes(kind));
      client.setQueryData(KEY, wanted ? others : [...others, ...kinds]);
      return () => client.setQueryData(KEY, before);
    },
  });
}
