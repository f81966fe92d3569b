import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Cursor } from '@/lib/keyset';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import {
  fetchSavedThings,
  fetchThingBookmark,
  moveThing,
  saveThing,
  unsaveThing,
} from './thing-bookmarks-api';

/** As much of a thing as saving it needs. */
export interface SaveableThing {
  id: string;
  bookmark_count: number;
  viewer_saved: boolean | null;
}

/** What one saved, latest first; without a collection all of it. */
export function useSavedThings(collectionId: string | null) {
  return useInfiniteQuery({
    queryKey: ['things', 'saved', collectionId],
    queryFn: ({ pageParam, signal }) => fetchSavedThings(collectionId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (page) => page.next,
    select: (data) => ({ ...data, pages: data.pages.map((page) => page.rows) }),
  });
}

/** Saves or forgets at once, wherever the thing is on screen. */
export function useSaveThing() {
  const client = useQueryClient();
  return useOptimisticMutation<{ id: string; saved: boolean }>({
    mutationKey: ['thing_bookmarks', 'save'],
    tables: ['things', 'thing_bookmarks'],
    mutationFn: ({ id, saved }) => (saved ? saveThing(id) : unsaveThing(id)),
    optimistic: (cache, { id, saved }) =>
      patchRow<SaveableThing>(cache, 'things', id, (row) => ({
        viewer_saved: saved,
        bookmark_count: row.bookmark_count + Number(saved) - Number(row.viewer_saved === true),
      })),
    // the choice of a collection may be open already
    onSuccess: (_data, { id }) =>
      void client.invalidateQueries({ queryKey: ['thing_bookmarks', id] }),
  });
}

/** Where a thing is saved. */
export function useThingBookmark(thingId: string) {
  return useQuery({
    queryKey: ['thing_bookmarks', thingId],
    queryFn: ({ signal }) => fetchThingBookmark(thingId, signal),
  });
}

interface Move {
  thingId: string;
  bookmarkId: string;
  collectionId: string | null;
}

/** Moves what is saved into a collection, or out of all. */
export function useMoveThing() {
  return useOptimisticMutation<Move>({
    mutationKey: ['thing_bookmarks', 'move'],
    tables: ['things', 'thing_bookmarks'],
    mutationFn: ({ thingId, collectionId }) => moveThing(thingId, collectionId),
    optimistic: (client, { bookmarkId, collectionId }) =>
      patchRow<{ id: string; collection_id: string | null }>(
        client,
        'thing_bookmarks',
        bookmarkId,
        { collection_id: collectionId },
      ),
  });
}
