import { describe, expect, it } from 'vitest';
import { PAGE_SIZE } from '@/lib/keyset';
import { fakeRest } from '@/test/fake-supabase';
import { sampleThingReview } from '@/test/sample-thing-review';
import {
  fetchThingReviews,
  lastReview,
  replyToThingReview,
  voteForThingReview,
} from './thing-reviews-api';

const { signal } = new AbortController();

function sent(rest: ReturnType<typeof fakeRest>): unknown {
  const body = rest.mock.calls.at(-1)?.[1]?.body;
  return typeof body === 'string' ? JSON.parse(body) : null;
}

describe('fetchThingReviews', () => {
  it('goes on after a review in the order of helpfulness', async () => {
    const rest = fakeRest({ helpful_thing_reviews: [sampleThingReview()] });
    const after = sampleThingReview({ id: 'last', helpful_count: 7 });
    const found = await fetchThingReviews('a', { sort: 'helpful', stars: null }, after, signal);
    expect(found).toHaveLength(1);
    expect(sent(rest)).toEqual({
      p_thing_id: 'a',
      p_limit: PAGE_SIZE,
      p_before: after.created_at,
      p_before_id: 'last',
      p_helpful: 7,
    });
  });

  it('asks for so many stars only, and for an order', async () => {
    const rest = fakeRest({ sorted_thing_reviews: [] });
    await fetchThingReviews('a', { sort: 'lowest', stars: 2 }, null, signal);
    expect(sent(rest)).toEqual({
      p_thing_id: 'a',
      p_limit: PAGE_SIZE,
      p_sort: 'lowest',
      p_lowest_stars: 2,
      p_highest_stars: 2,
    });
    await fetchThingReviews('a', { sort: 'highest', stars: null }, sampleThingReview(), signal);
    expect(sent(rest)).toMatchObject({ p_from_stars: 4, p_sort: 'highest' });
  });
});

describe('lastReview', () => {
  it('is where the next page starts, and null behind a short page', () => {
    const full = Array.from({ length: PAGE_SIZE }, (_, n) => sampleThingReview({ id: `r${n}` }));
    expect(lastReview(full)?.id).toBe(`r${PAGE_SIZE - 1}`);
    expect(lastReview(full.slice(1))).toBeNull();
    expect(lastReview([])).toBeNull();
  });
});

describe('what is written', () => {
  it('takes a second vote for the first', async () => {
    fakeRest({ thing_review_votes: { code: '23505', message: 'duplicate' } }, 409);
    await expect(voteForThingReview('r', true)).resolves.toBeUndefined();
    fakeRest({ thing_review_votes: { code: '42501', message: 'denied' } }, 403);
    await expect(voteForThingReview('r', false)).rejects.toMatchObject({ code: '42501' });
  });

  it('takes a reply back that is empty', async () => {
    const rest = fakeRest({});
    await replyToThingReview('r', 'Thank you');
    expect(sent(rest)).toEqual({ p_review_id: 'r', p_body: 'Thank you' });
    await replyToThingReview('r', '');
    const path: unknown = expect.stringMatching(/withdraw_thing_review_reply$/);
    expect(rest.mock.calls.at(-1)?.[0]).toEqual(path);
  });
});
