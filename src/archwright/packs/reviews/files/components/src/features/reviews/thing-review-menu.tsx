import { EllipsisIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { useSession } from '@/lib/session';
import type { ThingReview } from './thing-reviews-api';
import { useDeleteThingReview } from './use-thing-review-changes';

/** What else one can do with a review; nothing for visitors. */
export function ThingReviewMenu({ review }: { review: ThingReview }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const [asking, setAsking] = useState(false);
  const { mutate: remove } = useDeleteThingReview();
  const own = userId === review.author.id;
  if (/*% if has('reports@ThingReview.components') %*/ userId === null /*% else %*/ !own /*% endif %*/)
    return null;
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
