import { BadgeCheckIcon, ThumbsUpIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { profilePath } from '@/features/profiles/handle';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { ThingReviewMenu } from './thing-review-menu';
import { ThingReviewReply } from './thing-review-reply';
import { ThingReviewStars } from './thing-review-stars';
import type { ThingReview } from './thing-reviews-api';
import { useVoteForThingReview } from './use-thing-review-changes';

interface ThingReviewItemProps {
  review: ThingReview;
  mayReply: boolean;
}

/** One review: whose, how many stars, what they say, and what others think of it. */
export function ThingReviewItem({ review, mayReply }: ThingReviewItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { author } = review;
  return (
    <article className="flex flex-col gap-3 border-b py-5">
      <header className="flex items-start gap-3">
        <ProfileAvatar profile={author} size="sm" className="shrink-0" />
        <div className="flex min-w-0 flex-1 flex-col">
          <Link to={profilePath(author.handle)} className="truncate font-semibold hover:underline">
            {author.display_name}
          </Link>
          <p className="flex flex-wrap gap-x-2 text-xs text-muted-foreground">
            <time dateTime={review.created_at}>{format.date(review.created_at)}</time>
            {review.edited_at !== null && <span>{t('reviews.edited')}</span>}
          </p>
        </div>
        <ThingReviewMenu review={review} />
      </header>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ThingReviewStars rating={review.stars} />
        {review.verified && (
          <span className="flex items-center gap-1 text-xs font-semibold text-success">
            <BadgeCheckIcon aria-hidden="true" className="size-4" />
            {t('reviews.verified')}
          </span>
        )}
      </div>
      {review.title !== '' && <h3 className="font-bold break-words">{review.title}</h3>}
      {review.body !== '' && (
        <p className="max-w-prose break-words whitespace-pre-line">{review.body}</p>
      )}
      {/*% slot "thing_review.caption" %*/}
      <HelpfulButton review={review} />
      <ThingReviewReply review={review} mayReply={mayReply} />
    </article>
  );
}

/** Everybody but its author may find a review helpful; guests are sent to sign in. */
function HelpfulButton({ review }: { review: ThingReview }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const { userId } = useSession();
  const { mutate: vote } = useVoteForThingReview();
  const helpful = review.viewer_found_helpful === true;
  if (userId === review.author.id) return null;
  return (
    <Button
      variant="ghost"
      size="sm"
      className="-ml-3 min-h-11 self-start"
      aria-pressed={helpful}
      onClick={() => {
        if (userId === null) void navigate(signInPath(location));
        else vote({ id: review.id, helpful: !helpful });
      }}
    >
      <ThumbsUpIcon aria-hidden="true" className={cn(helpful && 'fill-current text-link')} />
      <span className="sr-only">{t('reviews.helpfulLabel', { count: review.helpful_count })}</span>
      <span aria-hidden="true">{t('reviews.helpful')}</span>
      <span aria-hidden="true" className="text-muted-foreground">
        {review.helpful_count}
      </span>
    </Button>
  );
}
