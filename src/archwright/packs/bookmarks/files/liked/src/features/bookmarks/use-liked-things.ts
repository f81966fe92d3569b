import { useInfiniteQuery } from '@tanstack/react-query';
import type { Cursor } from '@/lib/keyset';
import { fetchLikedThings } from './liked-things-api';

/** What one liked, latest first. */
export function useLikedThings() {
  return useInfiniteQuery({
    queryKey: ['things', 'liked'],
    queryFn: ({ pageParam, signal }) => fetchLikedThings(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (page) => page.next,
    select: (data) => ({ ...data, pages: data.pages.map((page) => page.rows) }),
  });
}
