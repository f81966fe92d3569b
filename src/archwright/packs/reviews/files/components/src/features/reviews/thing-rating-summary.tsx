import { StarIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import { ratingText, ThingReviewStars } from './thing-review-stars';
import type { ThingRatings } from './thing-reviews-api';

interface ThingRatingSummaryProps {
  ratings: ThingRatings;
  /** Of how many stars the list shows reviews; null: of all. */
  stars: number | null;
  onStars: (stars: number | null) => void;
}

/** The average, and how many gave how many stars: each bar narrows the list to its reviews. */
export function ThingRatingSummary({ ratings, stars, onStars }: ThingRatingSummaryProps) {
  const { t } = useTranslation();
  const { rating, rating_count: total } = ratings;
  const bars = [
    { level: 5, count: ratings.stars_5 },
    { level: 4, count: ratings.stars_4 },
    { level: 3, count: ratings.stars_3 },
    { level: 2, count: ratings.stars_2 },
    { level: 1, count: ratings.stars_1 },
  ];
  if (rating === null || !(total > 0)) return null;
  return (
    <div className="flex max-w-sm flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ThingReviewStars rating={rating} decorative />
        <span className="text-lg font-bold">
          {t('reviews.average', { rating: ratingText(rating) })}
        </span>
        <span className="text-sm text-muted-foreground">
          {t('reviews.ratings', { count: total })}
        </span>
      </p>
      <div role="group" aria-label={t('reviews.histogram')} className="flex flex-col">
        {bars.map(({ level, count }) => {
          const percent = Math.round((count / total) * 100);
          return (
            <button
              key={level}
              type="button"
              aria-pressed={stars === level}
              onClick={() => onStars(stars === level ? null : level)}
              className={cn(
                'flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-2 text-sm hover:bg-accent',
                stars === level && 'bg-accent font-bold text-accent-foreground',
              )}
            >
              <span className="sr-only">{t('reviews.bar', { stars: level, percent, count })}</span>
              <span aria-hidden="true" className="flex w-8 shrink-0 items-center gap-1">
                {level}
                <StarIcon className="size-3.5" />
              </span>
              <span aria-hidden="true" className="h-3 flex-1 overflow-hidden rounded-full bg-muted">
                <span className="block h-full bg-link" style={{ width: `${percent}%` }} />
              </span>
              <span aria-hidden="true" className="w-10 shrink-0 text-right tabular-nums">
                {count}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
