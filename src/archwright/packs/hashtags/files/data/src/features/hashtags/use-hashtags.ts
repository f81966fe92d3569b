import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Cursor } from '@/lib/keyset';
import { fetchHashtag, fetchTaggedThings, fetchTrendingHashtags } from './hashtags-api';

/** A hashtag as an address names it; null where nobody has used it. */
export function useHashtag(tag: string) {
  const name = tag.toLowerCase();
  return useQuery({
    queryKey: ['hashtags', 'tag', name],
    queryFn: ({ signal }) => fetchHashtag(name, signal),
  });
}

/** What names a hashtag, latest first. */
export function useTaggedThings(hashtagId: string) {
  return useInfiniteQuery({
    queryKey: ['things', 'tagged', hashtagId],
    queryFn: ({ pageParam, signal }) => fetchTaggedThings(hashtagId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (page) => page.next,
    select: (data) => ({ ...data, pages: data.pages.map((page) => page.rows) }),
  });
}

export function useTrendingHashtags() {
  return useQuery({
    queryKey: ['hashtags', 'trending'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => fetchTrendingHashtags(signal),
  });
}
