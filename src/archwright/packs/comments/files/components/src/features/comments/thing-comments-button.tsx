import { MessageCircleIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '@/components/ui/sheet';
import { useFormat } from '@/lib/format';
import { ThingCommentForm } from './thing-comment-form';
import { ThingCommentList } from './thing-comment-list';
import type { StandingThingComment } from './standing-thing-comment';

interface ThingCommentsButtonProps {
  thing: { id: string; comment_count: number };
}

/** How many comments there are; opens them in a sheet. */
export function ThingCommentsButton({ thing }: ThingCommentsButtonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [replyTo, setReplyTo] = useState<StandingThingComment | null>(null);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={t('comments.open', { count: thing.comment_count })}
        onClick={() => setOpen(true)}
        className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1 rounded-lg text-xs font-semibold transition-transform [flex-direction:inherit] active:scale-90"
      >
        <MessageCircleIcon aria-hidden="true" className="size-(--action-icon,1.75rem)" />
        {format.compact(thing.comment_count)}
      </button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t('comments.count', { count: thing.comment_count })}
        footer={
          <ThingCommentForm
            key={replyTo?.id}
            thingId={thing.id}
            replyTo={replyTo}
            onDone={() => setReplyTo(null)}
          />
        }
      >
        <ThingCommentList thingId={thing.id} onReply={setReplyTo} />
      </Sheet>
    </>
  );
}
