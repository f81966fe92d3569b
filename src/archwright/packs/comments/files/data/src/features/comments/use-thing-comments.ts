import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import {
  fetchThingCommentReplies,
  fetchThingComments,
  fetchThingCommentThread,
} from './thing-comments-api';

export const threadsKey = (thingId: string) => ['thing_comments', 'of', thingId] as const;
export const repliesKey = (parentId: string) => ['thing_comments', 'replies', parentId] as const;

/** The threads about a thing, newest first. */
export function useThingComments(thingId: string) {
  return useInfiniteQuery({
    queryKey: threadsKey(thingId),
    queryFn: ({ pageParam, signal }) => fetchThingComments(thingId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

/** The replies of one thread, oldest first. */
export function useThingCommentReplies(parentId: string) {
  return useInfiniteQuery({
    queryKey: repliesKey(parentId),
    queryFn: ({ pageParam, signal }) => fetchThingCommentReplies(parentId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

/** One thread, by any of its comments. */
export function useThingCommentThread(id: string) {
  return useQuery({
    queryKey: ['thing_comments', 'thread', id],
    queryFn: ({ signal }) => fetchThingCommentThread(id, signal),
  });
}
