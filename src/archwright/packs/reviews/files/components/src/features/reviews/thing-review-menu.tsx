import { EllipsisIcon, LinkIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useCopyLink } from '@/lib/copy-link';
import { useSession } from '@/lib/session';
import type { ThingReview } from './thing-reviews-api';
import { useDeleteThingReview } from './use-thing-review-changes';

/** What else one can do with a review. */
export function ThingReviewMenu({ review }: { review: ThingReview }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const copyLink = useCopyLink();
  const { userId } = useSession();
  const [asking, setAsking] = useState(false);
  const { mutate: remove } = useDeleteThingReview();
  const own = userId === review.author.id;
  return (
    <>
      <DropdownMenu
        trigger={
          <Button
            variant="ghost"
            size="icon"
            className="-mr-2 shrink-0 text-muted-foreground"
            aria-label={t('reviews.menu', { handle: review.author.handle })}
          >
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => void copyLink(pathname)}>
          <LinkIcon aria-hidden="true" />
          {t('app.copyLink')}
        </DropdownMenuItem>
        {/*% slot "thing_review.menu" %*/}
        {own && (
          <DropdownMenuItem destructive onSelect={() => setAsking(true)}>
            <Trash2Icon aria-hidden="true" />
            {t('reviews.delete')}
          </DropdownMenuItem>
        )}
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('reviews.deleteTitle')}
        text={t('reviews.deleteText')}
        confirmLabel={t('reviews.delete')}
        destructive
        onConfirm={() => {
          setAsking(false);
          remove(review.id);
        }}
      />
    </>
  );
}
