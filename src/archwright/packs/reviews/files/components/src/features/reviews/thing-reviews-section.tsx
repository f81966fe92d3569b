import { StarIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Select, SelectItem } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { ThingRatingSummary } from './thing-rating-summary';
import { ThingReviewItem } from './thing-review-item';
import { reviewSorts, type ReviewChoice, type ThingRatings } from './thing-reviews-api';
import { useThingRatings, useThingReviews } from './use-thing-reviews';
import { WriteThingReview } from './write-thing-review';

const sortLabels = {
  helpful: 'reviews.sortHelpful',
  newest: 'reviews.sortNewest',
  highest: 'reviews.sortHighest',
  lowest: 'reviews.sortLowest',
} as const;

/** What people who have it say about a thing, below it on its page. */
export function ThingReviewsSection({ thingId }: { thingId: string }) {
  const { t } = useTranslation();
  const id = useId();
  const ratings = useThingRatings(thingId);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={id} className="text-xl font-bold">
          {t('reviews.title')}
        </h2>
        <WriteThingReview thingId={thingId} />
      </div>
      <QueryState query={ratings} skeleton={<Skeleton className="h-40 max-w-sm" />}>
        {(found) => <Reviews thingId={thingId} ratings={found} />}
      </QueryState>
    </section>
  );
}

function Reviews({ thingId, ratings }: { thingId: string; ratings: ThingRatings }) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<ReviewChoice>({ sort: 'helpful', stars: null });
  const reviews = useThingReviews(thingId, choice);
  const all = choice.stars === null;
  return (
    <div className="grid gap-8 md:grid-cols-[20rem_1fr]">
      <ThingRatingSummary
        ratings={ratings}
        stars={choice.stars}
        onStars={(stars) => setChoice({ ...choice, stars })}
      />
      <div className="flex min-w-0 flex-col gap-2">
        {ratings.rating_count > 0 && (
          <div className="flex flex-wrap items-center gap-3">
            <Select
              aria-label={t('reviews.sort')}
              value={choice.sort}
              onValueChange={(value) => {
                const sort = reviewSorts.find((one) => one === value);
                if (sort) setChoice({ ...choice, sort });
              }}
              className="w-48"
            >
              {reviewSorts.map((sort) => (
                <SelectItem key={sort} value={sort}>
                  {t(sortLabels[sort])}
                </SelectItem>
              ))}
            </Select>
            {!all && (
              <Button variant="ghost" onClick={() => setChoice({ ...choice, stars: null })}>
                {t('reviews.allStars')}
              </Button>
            )}
          </div>
        )}
        <InfiniteList
          query={reviews}
          label={t('reviews.list')}
          empty={{
            icon: StarIcon,
            title: t(all ? 'reviews.emptyTitle' : 'reviews.noneTitle'),
            text: t(all ? 'reviews.emptyText' : 'reviews.noneText'),
          }}
          getKey={(review) => review.id}
        >
          {(review) => (
            <ThingReviewItem
              review={review}
              mayReply={ratings.viewer_replies_to_thing_reviews === true}
            />
          )}
        </InfiniteList>
      </div>
    </div>
  );
}
