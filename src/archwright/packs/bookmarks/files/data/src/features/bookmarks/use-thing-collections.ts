import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import {
  createThingCollection,
  deleteThingCollection,
  fetchThingCollection,
  fetchThingCollections,
  renameThingCollection,
} from './thing-collections-api';

const COLLECTIONS = ['thing_collections'] as const;

export function useThingCollections() {
  return useInfiniteQuery({
    queryKey: [...COLLECTIONS, 'own'],
    queryFn: ({ pageParam, signal }) => fetchThingCollections(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

export function useThingCollection(id: string) {
  return useQuery({
    queryKey: [...COLLECTIONS, 'one', id],
    queryFn: ({ signal }) => fetchThingCollection(id, signal),
  });
}

/** Creates a collection, or gives one another name, and gives its id; the database may refuse a name. */
export function useNameThingCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, name }: { id: string | null; name: string }) => {
      if (id === null) return createThingCollection(name);
      await renameThingCollection(id, name);
      return id;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: COLLECTIONS }),
  });
}

/** Deletes a collection; what was in it stays saved. */
export function useDeleteThingCollection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteThingCollection,
    onSuccess: async (_data, id) => {
      client.removeQueries({ queryKey: [...COLLECTIONS, 'one', id] });
      client.removeQueries({ queryKey: ['things', 'saved', id] });
      await client.invalidateQueries({ queryKey: [...COLLECTIONS, 'own'] });
      await client.invalidateQueries({ queryKey: ['thing_bookmarks'] });
    },
  });
}
