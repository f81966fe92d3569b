import { ChevronDownIcon, ChevronUpIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { ThingCommentItem } from './thing-comment-item';
import { ThingCommentReplies } from './thing-comment-replies';
import type { StandingThingComment } from './standing-thing-comment';
import type { ThingComment } from './thing-comments-api';

interface ThingCommentThreadProps {
  comment: ThingComment;
  onReply: (comment: StandingThingComment) => void;
  /** Whether the replies are in sight from the start. */
  initiallyOpen?: boolean;
  /** What a link is about: this comment, or one of its replies. */
  linkedId?: string;
}

/** A comment and, once asked for, its replies. */
export function ThingCommentThread({
  comment,
  onReply,
  initiallyOpen = false,
  linkedId,
}: ThingCommentThreadProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(initiallyOpen);
  const reply = (to: StandingThingComment) => {
    setOpen(true);
    onReply(to);
  };
  return (
    <ThingCommentItem comment={comment} onReply={reply}>
      {comment.reply_count > 0 && (
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={open}
          className="-ml-4 text-muted-foreground"
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronUpIcon aria-hidden="true" /> : <ChevronDownIcon aria-hidden="true" />}
          {open
            ? t('comments.hideReplies')
            : t('comments.showReplies', { count: comment.reply_count })}
        </Button>
      )}
      {open && <ThingCommentReplies comment={comment} onReply={reply} linkedId={linkedId} />}
    </ThingCommentItem>
  );
}
