import { zodResolver } from '@hookform/resolvers/zod';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Textarea } from '@/components/ui/textarea';
import { replySchema } from './thing-review-schema';
import type { ThingReview } from './thing-reviews-api';
import { useReplyToThingReview } from './use-thing-review-changes';

interface ThingReviewReplyProps {
  review: ThingReview;
  /** Whether the viewer speaks for what is reviewed. */
  mayReply: boolean;
}

/** What the sellers say to a review; they write it here. */
export function ThingReviewReply({ review, mayReply }: ThingReviewReplyProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      {review.reply && (
        <div className="flex flex-col gap-1 rounded-xl bg-muted p-4">
          <p className="text-sm font-semibold">{t('reviews.replyFrom')}</p>
          <p className="break-words whitespace-pre-line">{review.reply.body}</p>
        </div>
      )}
      {mayReply && (
        <>
          <Button variant="outline" size="sm" className="self-start" onClick={() => setOpen(true)}>
            {t(review.reply ? 'reviews.changeReply' : 'reviews.reply')}
          </Button>
          <ReplyDialog review={review} open={open} onOpenChange={setOpen} />
        </>
      )}
    </>
  );
}

interface ReplyDialogProps {
  review: ThingReview;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function ReplyDialog({ review, open, onOpenChange }: ReplyDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const reply = useReplyToThingReview(review.id);
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(replySchema),
    values: { body: review.reply?.body ?? '' },
  });
  const send = ({ body }: { body: string }) =>
    reply.mutate(body, {
      onSuccess: () => {
        onOpenChange(false);
        toast.success(t('reviews.replySaved'));
      },
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('reviews.replyTitle')}
      description={t('reviews.replyText')}
      footer={
        <Button type="submit" form={id} pending={reply.isPending}>
          {t('reviews.saveReply')}
        </Button>
      }
    >
      <form id={id} noValidate onSubmit={(event) => void handleSubmit(send)(event)}>
        <FormField
          control={control}
          name="body"
          label={t('reviews.replyLabel')}
          hint={review.reply ? t('reviews.withdrawReply') : undefined}
        >
          {(field) => <Textarea {...field} rows={5} maxLength={2000} />}
        </FormField>
        <FormError error={reply.error} />
      </form>
    </Dialog>
  );
}
