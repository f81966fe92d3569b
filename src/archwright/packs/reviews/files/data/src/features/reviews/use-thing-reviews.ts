import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSession } from '@/lib/session';
import {
  fetchThingRatings,
  fetchThingReviewOf,
  fetchThingReviews,
  lastReview,
  type ReviewChoice,
  type ThingReview,
} from './thing-reviews-api';

export function useThingReviews(thingId: string, choice: ReviewChoice) {
  return useInfiniteQuery({
    queryKey: ['thing_reviews', 'of', thingId, choice],
    queryFn: ({ pageParam, signal }) => fetchThingReviews(thingId, choice, pageParam, signal),
    initialPageParam: null as ThingReview | null,
    getNextPageParam: lastReview,
  });
}

export function useThingRatings(thingId: string) {
  return useQuery({
    queryKey: ['things', 'ratings', thingId],
    queryFn: ({ signal }) => fetchThingRatings(thingId, signal),
  });
}

/** The viewer's own review of a thing, of which there is one at most. */
export function useOwnThingReview(thingId: string) {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['thing_reviews', 'own', thingId],
    enabled: userId !== null,
    queryFn: ({ signal }) => fetchThingReviewOf(thingId, userId ?? '', signal),
  });
}
