import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Button } from '@/components/ui/button';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { ThingReviewDialog } from './thing-review-dialog';
import { useOwnThingReview, useThingRatings } from './use-thing-reviews';

/** Leads to one's own review: to write it, to change it, or to sign in first. Sellers only reply. */
export function WriteThingReview({ thingId }: { thingId: string }) {
  const { t } = useTranslation();
  const location = useLocation();
  const { status } = useSession();
  const [open, setOpen] = useState(false);
  const own = useOwnThingReview(thingId);
  const ratings = useThingRatings(thingId);
  if (status === 'signed-out') {
    return (
      <Button asChild variant="secondary">
        <Link to={signInPath(location)}>{t('reviews.signIn')}</Link>
      </Button>
    );
  }
  if (own.data === undefined || ratings.data?.viewer_replies_to_thing_reviews !== false) return null;
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {t(own.data ? 'reviews.change' : 'reviews.write')}
      </Button>
      <ThingReviewDialog thingId={thingId} review={own.data} open={open} onOpenChange={setOpen} />
    </>
  );
}
