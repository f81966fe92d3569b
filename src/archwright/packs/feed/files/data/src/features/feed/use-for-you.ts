import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback } from 'react';
import { cursorAfter, fetchForYou, type FeedCursor, type FeedPage } from './feed-api';

const START: FeedCursor = { snapshot: null, shown: [] };

const videosOf = (data: InfiniteData<FeedPage, FeedCursor>) => ({
  ...data,
  pages: data.pages.map(({ rows }) => rows),
});

/** The ranked feed. Once it is there it does not move under one's eyes; `useRefreshFeeds` renews it. */
export function useForYou() {
  return useInfiniteQuery({
    queryKey: ['videos', 'feed', 'for-you'],
    queryFn: ({ pageParam, signal }) => fetchForYou(pageParam, signal),
    initialPageParam: START,
    getNextPageParam: (_last, pages) => cursorAfter(pages),
    select: videosOf,
    staleTime: Infinity,
    refetchOnMount: false,
    refetchOnReconnect: false,
  });
}

/** Starts every feed anew. */
export function useRefreshFeeds(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.resetQueries({ queryKey: ['videos', 'feed'] }), [client]);
}
