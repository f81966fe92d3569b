import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import { fetchSound, fetchThingsOfSound, renameSound, type Sound } from './sounds-api';

/** Null without an id. Always fetched anew: how many use it changes with each upload and deletion. */
export function useSound(id: string | null) {
  return useQuery({
    queryKey: ['sounds', 'one', id],
    staleTime: 0,
    queryFn: ({ signal }) => (id === null ? null : fetchSound(id, signal)),
  });
}

export function useThingsOfSound(soundId: string) {
  return useInfiniteQuery({
    queryKey: ['things', 'sound', soundId],
    queryFn: ({ pageParam, signal }) => fetchThingsOfSound(soundId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useRenameSound() {
  return useOptimisticMutation<{ id: string; title: string }, void>({
    mutationKey: ['sounds', 'rename'],
    tables: ['sounds'],
    mutationFn: ({ id, title }) => renameSound(id, title),
    optimistic: (client, { id, title }) => patchRow<Sound>(client, 'sounds', id, { title }),
  });
}
