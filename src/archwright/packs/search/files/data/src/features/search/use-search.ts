import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { RankCursor, SearchPage } from './search-rank';

type Search<Row> = (
  query: string,
  cursor: RankCursor | null,
  signal: AbortSignal,
) => Promise<SearchPage<Row>>;

/** The results of a search, page by page. What was found before stays while the next is looked for. */
export function useSearch<Row>(table: string, query: string, search: Search<Row>) {
  return useInfiniteQuery({
    queryKey: [table, 'search', query],
    queryFn: ({ pageParam, signal }) => search(query, pageParam, signal),
    initialPageParam: null as RankCursor | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages, pageParams }) => ({ pages: pages.map(({ rows }) => rows), pageParams }),
    placeholderData: keepPreviousData,
  });
}
