import { StarIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const five = [1, 2, 3, 4, 5];

/** An average as people read it: 4.25 is "4.3". */
export function ratingText(rating: number): string {
  return rating.toFixed(1);
}

/** Stars for a rating from 0 to 5, in parts too. Named unless the text beside them says the same. */
export function ThingReviewStars({ rating, decorative = false }: { rating: number; decorative?: boolean }) {
  const { t } = useTranslation();
  const named = {
    role: 'img',
    'aria-label': t('reviews.average', { rating: ratingText(rating) }),
  };
  return (
    <span {...(decorative ? { 'aria-hidden': true } : named)} className="relative inline-flex">
      <span className="flex text-input">
        {five.map((star) => (
          <StarIcon key={star} aria-hidden="true" className="size-4 shrink-0" />
        ))}
      </span>
      <span
        className="absolute inset-y-0 left-0 flex overflow-hidden text-link"
        style={{ width: `${rating * 20}%` }}
      >
        {five.map((star) => (
          <StarIcon key={star} aria-hidden="true" className="size-4 shrink-0 fill-current" />
        ))}
      </span>
    </span>
  );
}
