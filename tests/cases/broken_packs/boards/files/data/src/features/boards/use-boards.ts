import { useInfiniteQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { fetchBoards } from './boards-api';

/** Pages through the member's boards. */
export function useBoards() {
  return useInfiniteQuery({
    queryKey: ['boards', 'latest'],
    queryFn: ({ pageParam, signal }) => fetchBoards(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}
