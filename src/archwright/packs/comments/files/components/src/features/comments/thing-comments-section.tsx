import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ThingCommentForm } from './thing-comment-form';
import { ThingCommentList } from './thing-comment-list';
import type { StandingThingComment } from './standing-thing-comment';

interface ThingCommentsSectionProps {
  thing: { id: string; comment_count: number };
}

/** The comments on the page of what they are about. */
export function ThingCommentsSection({ thing }: ThingCommentsSectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const [replyTo, setReplyTo] = useState<StandingThingComment | null>(null);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="text-lg font-bold">
        {t('comments.count', { count: thing.comment_count })}
      </h2>
      <ThingCommentForm
        key={replyTo?.id}
        thingId={thing.id}
        replyTo={replyTo}
        onDone={() => setReplyTo(null)}
      />
      <ThingCommentList thingId={thing.id} onReply={setReplyTo} />
    </section>
  );
}
