import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import { ratingText, ThingReviewStars } from './thing-review-stars';

interface ThingRatingProps {
  thing: { rating: number | null; rating_count: number };
}

/** How a thing is rated, in one line; nothing while nobody has rated it. */
export function ThingRating({ thing: { rating, rating_count: count } }: ThingRatingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rating === null || !(count > 0)) return null;
  return (
    <span
      role="img"
      aria-label={t('reviews.cardLabel', { rating: ratingText(rating), count })}
      className="flex items-center gap-1.5 text-xs text-muted-foreground"
    >
      <ThingReviewStars rating={rating} decorative />
      {format.compact(count)}
    </span>
  );
}
