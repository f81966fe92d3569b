import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleThingRatings, sampleThingReview } from '@/test/sample-thing-review';
import type { ThingReview } from './thing-reviews-api';
import { ThingReviewsSection } from './thing-reviews-section';

const { t } = i18n;
const section = <ThingReviewsSection thingId="a" />;

/** Answers for the thing and its lists of reviews; `own` is what the viewer wrote. */
function answer(ratings = sampleThingRatings(), own: ThingReview | null = null) {
  const rows = [sampleThingReview()];
  return fakeRest({
    things: [ratings],
    thing_reviews: own === null ? [] : [own],
    helpful_thing_reviews: ratings.rating_count === 0 ? [] : rows,
    sorted_thing_reviews: rows,
    save_thing_review: 'r',
  });
}
const asked = (rest: ReturnType<typeof fakeRest>, part: string) =>
  rest.mock.calls.filter(([, init]) => typeof init?.body === 'string' && init.body.includes(part))
    .length;

describe('the reviews of a thing', () => {
  it('are shown with how people rate it', async () => {
    answer();
    renderPage(section);
    expect(await screen.findByText('Warm light')).toBeInTheDocument();
    expect(screen.getByText(t('reviews.average', { rating: '4.3' }))).toBeInTheDocument();
    const bar = { stars: 5, percent: 50, count: 2 };
    expect(screen.getByRole('button', { name: t('reviews.bar', bar) })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: t('reviews.signIn') })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('reviews.write') })).not.toBeInTheDocument();
  });

  it('can be narrowed to so many stars', async () => {
    const rest = answer();
    renderPage(section);
    const name = t('reviews.bar', { stars: 3, percent: 25, count: 1 });
    await userEvent.click(await screen.findByRole('button', { name }));
    expect(screen.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
    await waitFor(() => expect(asked(rest, '"p_lowest_stars":3')).toBe(1));
    await userEvent.click(screen.getByRole('button', { name: t('reviews.allStars') }));
    expect(screen.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'false');
  });

  it('say that there are none', async () => {
    answer(sampleThingRatings({ rating: null, rating_count: 0 }));
    renderPage(section);
    expect(await screen.findByText(t('reviews.emptyTitle'))).toBeInTheDocument();
  });

  it('can be tried again when they cannot be loaded', async () => {
    fakeRest({ things: { message: 'no' } }, 500);
    renderPage(section);
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });

  it('are written by members, with stars and a headline for a text', async () => {
    const rest = answer();
    renderPage(section, { userId: 'ben' });
    await userEvent.click(await screen.findByRole('button', { name: t('reviews.write') }));
    const dialog = within(screen.getByRole('dialog', { name: t('reviews.formTitle') }));
    const save = dialog.getByRole('button', { name: t('reviews.save') });
    await userEvent.type(dialog.getByLabelText(t('reviews.text'), { exact: false }), 'It glows');
    await userEvent.click(save);
    expect(await dialog.findByText(t('reviews.starsMissing'))).toBeInTheDocument();
    expect(asked(rest, 'p_stars')).toBe(0);
    await userEvent.click(dialog.getByRole('radio', { name: t('reviews.stars', { count: 5 }) }));
    await userEvent.click(save);
    expect(await dialog.findByText(t('reviews.titleMissing'))).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText(t('reviews.headline'), { exact: false }), 'Fine');
    await userEvent.click(save);
    await waitFor(() => expect(asked(rest, '"p_stars":5')).toBe(1));
  });

  it('are replied to by those who sell it, who write none themselves', async () => {
    answer(sampleThingRatings({ viewer_replies_to_thing_reviews: true }));
    renderPage(section, { userId: 'seller' });
    expect(await screen.findByRole('button', { name: t('reviews.reply') })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('reviews.write') })).not.toBeInTheDocument();
  });

  it('can be changed and deleted by whoever wrote them, and not voted for', async () => {
    answer(undefined, sampleThingReview());
    renderPage(section, { userId: 'ann' });
    expect(await screen.findByRole('button', { name: t('reviews.change') })).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: t('reviews.menu', { handle: 'ann' }) }));
    expect(screen.getByRole('menuitem', { name: t('reviews.delete') })).toBeInTheDocument();
    const vote = t('reviews.helpfulLabel', { count: 2 });
    expect(screen.queryByRole('button', { name: vote })).not.toBeInTheDocument();
  });
});
