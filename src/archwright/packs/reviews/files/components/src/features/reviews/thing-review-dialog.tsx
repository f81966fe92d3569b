import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { reviewSchema } from './thing-review-schema';
import type { ReviewInput } from './thing-reviews-api';
import { ThingStarInput } from './thing-star-input';
import { useSaveThingReview } from './use-thing-review-changes';

interface ThingReviewDialogProps {
  thingId: string;
  /** What was written before; null for the first time. */
  review: ReviewInput | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Where a member says how something is, or changes what they said. */
export function ThingReviewDialog({ thingId, review, open, onOpenChange }: ThingReviewDialogProps) {
  const { t } = useTranslation();
  const form = useId();
  const save = useSaveThingReview(thingId);
  const change = (next: boolean) => {
    save.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t('reviews.formTitle')}
      description={t('reviews.formText')}
      footer={
        <Button type="submit" form={form} pending={save.isPending}>
          {t('reviews.save')}
        </Button>
      }
    >
      <ReviewForm
        id={form}
        review={review}
        error={save.error}
        onSend={(input) =>
          save.mutate(input, {
            onSuccess: () => {
              change(false);
              toast.success(t('reviews.saved'));
            },
          })
        }
      />
    </Dialog>
  );
}

interface ReviewFormProps {
  id: string;
  review: ReviewInput | null;
  error: unknown;
  onSend: (input: ReviewInput) => void;
}

function ReviewForm({ id, review, error, onSend }: ReviewFormProps) {
  const { t } = useTranslation();
  const { control, handleSubmit } = useForm<ReviewInput>({
    resolver: zodResolver(reviewSchema),
    defaultValues: {
      stars: review?.stars ?? 0,
      title: review?.title ?? '',
      body: review?.body ?? '',
    },
  });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(onSend)(event)}
    >
      <FormField control={control} name="stars" label={t('reviews.starsLabel')}>
        {(field) => <ThingStarInput {...field} />}
      </FormField>
      <FormField
        control={control}
        name="title"
        label={t('reviews.headline')}
        hint={t('reviews.headlineHint')}
        optional
      >
        {(field) => <Input {...field} maxLength={120} />}
      </FormField>
      <FormField
        control={control}
        name="body"
        label={t('reviews.text')}
        hint={t('reviews.textHint')}
        optional
      >
        {(field) => <Textarea {...field} rows={6} maxLength={5000} />}
      </FormField>
      <FormError error={error} />
    </form>
  );
}
