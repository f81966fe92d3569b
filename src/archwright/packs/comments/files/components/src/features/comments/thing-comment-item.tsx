import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { profilePath } from '@/features/profiles/handle';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { RichText } from '@/features/things/rich-text';
import { useFormat } from '@/lib/format';
import { isStanding, type StandingThingComment } from './standing-thing-comment';
import { ThingCommentMenu } from './thing-comment-menu';
import type { ThingComment } from './thing-comments-api';

interface ThingCommentItemProps {
  comment: ThingComment;
  onReply: (comment: StandingThingComment) => void;
  /** What hangs below it: the replies. */
  children?: ReactNode;
}

/** One comment: who, what, when, and what one can do with it. */
export function ThingCommentItem({ comment, onReply, children }: ThingCommentItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isStanding(comment)) {
    return (
      <article className="py-2">
        <p className="py-2 text-sm text-muted-foreground italic">{t('comments.deleted')}</p>
        {children}
      </article>
    );
  }
  const { author } = comment;
  return (
    <article className="flex gap-3 py-2">
      <ProfileAvatar profile={author} size="sm" className="mt-1 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1 pt-1">
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <Link
                to={profilePath(author.handle)}
                className="truncate font-semibold hover:underline"
              >
                {author.display_name}
              </Link>
              <time dateTime={comment.created_at} className="text-xs text-muted-foreground">
                {format.relative(comment.created_at)}
              </time>
            </p>
            <p className="break-words whitespace-pre-line">
              <RichText text={comment.body} />
            </p>
          </div>
          <ThingCommentMenu comment={comment} />
        </div>
        <div className="flex items-center gap-1 text-muted-foreground [--action-icon:1.125rem]">
          <button
            type="button"
            onClick={() => onReply(comment)}
            className="-ml-2 h-11 cursor-pointer rounded-lg px-2 text-sm font-semibold hover:text-foreground"
          >
            {t('comments.reply')}
          </button>
          {/*% slot "thing_comment.actions" %*/}
        </div>
        {children}
      </div>
    </article>
  );
}
