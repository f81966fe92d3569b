import type { QueryData } from '@supabase/supabase-js';
import { isDuplicate } from '@/lib/errors';
import { PAGE_SIZE } from '@/lib/keyset';
import { isCut } from '@/lib/patch-row';
import { supabase } from '@/lib/supabase';
import { thingReviewFields } from './thing-review-fields';

const selectReviews = () => supabase.from('thing_reviews').select(thingReviewFields);
const selectRatings = () =>
  supabase
    .from('things')
    .select(
      'id, rating, rating_count, stars_1, stars_2, stars_3, stars_4, stars_5, viewer_replies_to_thing_reviews',
    );

/** A review as the app shows it, with the sellers' reply if there is one. */
export type ThingReview = QueryData<ReturnType<typeof selectReviews>>[number];

/** How people rate a thing, and whether the viewer may reply to what they say. */
export type ThingRatings = QueryData<ReturnType<typeof selectRatings>>[number];

export const reviewSorts = ['helpful', 'newest', 'highest', 'lowest'] as const;
type ReviewSort = (typeof reviewSorts)[number];

/** Which reviews, and in what order; `stars` null: all of them. */
export interface ReviewChoice {
  sort: ReviewSort;
  stars: number | null;
}

export interface ReviewInput {
  stars: number;
  title: string;
  body: string;
}

/** The review at the end of a page is where the next one starts. */
export function lastReview(rows: ThingReview[]): ThingReview | null {
  return rows.length < PAGE_SIZE && !isCut(rows) ? null : (rows.at(-1) ?? null);
}

export async function fetchThingReviews(
  thingId: string,
  { sort, stars }: ReviewChoice,
  after: ThingReview | null,
  signal: AbortSignal,
): Promise<ThingReview[]> {
  const wanted = {
    p_thing_id: thingId,
    p_limit: PAGE_SIZE,
    ...(stars !== null && { p_lowest_stars: stars, p_highest_stars: stars }),
    ...(after && { p_before: after.created_at, p_before_id: after.id }),
  };
  const found =
    sort === 'helpful'
      ? supabase.rpc('helpful_thing_reviews', {
          ...wanted,
          ...(after && { p_helpful: after.helpful_count }),
        })
      : supabase.rpc('sorted_thing_reviews', {
          ...wanted,
          p_sort: sort,
          ...(after && { p_from_stars: after.stars }),
        });
  const { data } = await found.select(thingReviewFields).abortSignal(signal).throwOnError();
  return data;
}

/** Null where the thing is not to be seen. */
export async function fetchThingRatings(
  thingId: string,
  signal: AbortSignal,
): Promise<ThingRatings | null> {
  const { data } = await selectRatings()
    .eq('id', thingId)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** What a member said about a thing; null where they have not said anything yet. */
export async function fetchThingReviewOf(
  thingId: string,
  authorId: string,
  signal: AbortSignal,
): Promise<ThingReview | null> {
  const { data } = await selectReviews()
    .eq('thing_id', thingId)
    .eq('author_id', authorId)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** Writes one's review of a thing, or changes it: there is one. */
export async function saveThingReview(thingId: string, review: ReviewInput): Promise<void> {
  await supabase
    .rpc('save_thing_review', {
      p_thing_id: thingId,
      p_stars: review.stars,
      p_title: review.title,
      p_body: review.body,
    })
    .throwOnError();
}

export async function deleteThingReview(id: string): Promise<void> {
  await supabase.from('thing_reviews').delete().eq('id', id).throwOnError();
}

/** Says that a review was helpful, or no longer says so. What was said already stays said. */
export async function voteForThingReview(id: string, helpful: boolean): Promise<void> {
  const votes = supabase.from('thing_review_votes');
  const { error } = await (helpful
    ? votes.insert({ review_id: id })
    : votes.delete().eq('review_id', id));
  if (error && !isDuplicate(error)) throw error;
}

/** Replies to a review for those who sell the thing; an empty reply is taken back. */
export async function replyToThingReview(id: string, body: string): Promise<void> {
  await (body === ''
    ? supabase.rpc('withdraw_thing_review_reply', { p_review_id: id })
    : supabase.rpc('reply_to_thing_review', { p_review_id: id, p_body: body })
  ).throwOnError();
}
