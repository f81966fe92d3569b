import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { PendingThingComment } from './pending-thing-comment';
import { ThingCommentItem } from './thing-comment-item';
import type { StandingThingComment } from './standing-thing-comment';
import type { ThingComment } from './thing-comments-api';
import { usePendingThingComments } from './use-add-thing-comment';
import { useThingCommentReplies } from './use-thing-comments';

interface ThingCommentRepliesProps {
  comment: ThingComment;
  onReply: (comment: StandingThingComment) => void;
  /** What a link is about: the replies are read up to it, and it is shown. */
  linkedId?: string | undefined;
}

const show = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'center' });

/** The replies of one thread, oldest first, a page at a time. */
export function ThingCommentReplies({ comment, onReply, linkedId }: ThingCommentRepliesProps) {
  const { t } = useTranslation();
  const query = useThingCommentReplies(comment.id);
  const pending = usePendingThingComments(comment.thing_id, comment.id);
  const { fetchNextPage } = query;
  const found = query.data?.pages.some((rows) => rows.some(({ id }) => id === linkedId)) === true;
  const seeking =
    linkedId !== undefined &&
    linkedId !== comment.id &&
    !found &&
    query.hasNextPage &&
    !query.isFetchingNextPage &&
    !query.isFetchNextPageError;
  useEffect(() => {
    if (seeking) void fetchNextPage();
  }, [seeking, fetchNextPage]);
  if (query.isPending) return <Spinner />;
  if (query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  const replies = query.data.pages.flat();
  return (
    <>
      <ul aria-label={t('comments.replies')}>
        {replies.map((reply) => (
          <li
            key={reply.id}
            ref={reply.id === linkedId ? show : undefined}
            aria-current={reply.id === linkedId ? 'true' : undefined}
            className="aria-[current]:rounded-lg aria-[current]:border aria-[current]:px-2"
          >
            <ThingCommentItem comment={reply} onReply={onReply} />
          </li>
        ))}
        {pending.map(({ key, draft }) => (
          <li key={key}>
            <PendingThingComment draft={draft} />
          </li>
        ))}
      </ul>
      {query.isFetchNextPageError && (
        <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />
      )}
      {query.hasNextPage && !query.isFetchNextPageError && (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-4 text-muted-foreground"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('comments.moreReplies')}
        </Button>
      )}
    </>
  );
}
