import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { fetchVideo, fetchVideosOfAuthor } from './videos-api';

const PROCESSING_POLL = 5000;

/** Null without an id; a video that is being processed is asked for again until it is through. */
export function useVideo(id: string | null) {
  return useQuery({
    queryKey: ['videos', 'one', id],
    queryFn: ({ signal }) => (id === null ? null : fetchVideo(id, signal)),
    refetchInterval: ({ state }) =>
      state.data?.status === 'processing' ? PROCESSING_POLL : false,
  });
}

export function useVideosOfAuthor(authorId: string) {
  return useInfiniteQuery({
    queryKey: ['videos', 'author', authorId],
    queryFn: ({ pageParam, signal }) => fetchVideosOfAuthor(authorId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}
