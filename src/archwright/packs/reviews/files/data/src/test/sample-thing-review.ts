import type { ThingRatings, ThingReview } from '@/features/reviews/thing-reviews-api';

/** What features add to a review is not in every app. */
const review = {
  id: '00000000-0000-4000-8000-0000000000e1',
  thing_id: '00000000-0000-4000-8000-0000000000a1',
  stars: 4,
  title: 'Warm light',
  body: 'It stands on my desk.',
  verified: false,
  helpful_count: 2,
  viewer_found_helpful: false,
  edited_at: null,
  created_at: '2026-01-01T00:00:00Z',
  author: { id: 'ann', handle: 'ann', display_name: 'Ann Lee', avatar_path: null },
  reply: null,
};

const ratings: ThingRatings = {
  id: review.thing_id,
  rating: 4.25,
  rating_count: 4,
  stars_1: 0,
  stars_2: 0,
  stars_3: 1,
  stars_4: 1,
  stars_5: 2,
  viewer_replies_to_thing_reviews: false,
};

/** A review for tests. */
export function sampleThingReview(fields: Partial<ThingReview> = {}): ThingReview {
  return { ...(review as ThingReview), ...fields };
}

export function sampleThingRatings(fields: Partial<ThingRatings> = {}): ThingRatings {
  return { ...ratings, ...fields };
}
