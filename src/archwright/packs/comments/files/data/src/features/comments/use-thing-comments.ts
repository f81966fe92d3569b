import { useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { isStanding } from './standing-thing-comment';
import {
  fetchThingCommentReplies,
  fetchThingComments,
  fetchThingCommentThread,
  type ThingComment,
} from './thing-comments-api';

export const threadsKey = (thingId: string) => ['thing_comments', 'of', thingId] as const;
export const repliesKey = (parentId: string) => ['thing_comments', 'replies', parentId] as const;

/** A deleted comment goes with the last of its replies, here as in the database. */
const withoutEmpty = (data: InfiniteData<ThingComment[], Cursor | null>) => ({
  ...data,
  pages: data.pages.map((rows) => rows.filter((row) => isStanding(row) || row.reply_count > 0)),
});

/** The threads about a thing, newest first. */
export function useThingComments(thingId: string) {
  return useInfiniteQuery({
    queryKey: threadsKey(thingId),
    queryFn: ({ pageParam, signal }) => fetchThingComments(thingId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
    select: withoutEmpty,
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
