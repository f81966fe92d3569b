import { MessageCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { PendingThingComment } from './pending-thing-comment';
import { ThingCommentThread } from './thing-comment-thread';
import type { StandingThingComment } from './standing-thing-comment';
import { usePendingThingComments } from './use-add-thing-comment';
import { useLiveThingComments } from './use-live-thing-comments';
import { useThingComments } from './use-thing-comments';

interface ThingCommentListProps {
  thingId: string;
  onReply: (comment: StandingThingComment) => void;
}

/** The threads about a thing, newest first, with one's own on top while they are on their way. */
export function ThingCommentList({ thingId, onReply }: ThingCommentListProps) {
  const { t } = useTranslation();
  const query = useThingComments(thingId);
  useLiveThingComments(thingId);
  const pending = usePendingThingComments(thingId, null);
  const isEmpty = query.data?.pages.every((page) => page.length === 0) ?? false;
  return (
    <>
      {pending.map(({ key, draft }) => (
        <PendingThingComment key={key} draft={draft} />
      ))}
      {!(isEmpty && pending.length > 0) && (
        <InfiniteList
          query={query}
          label={t('comments.title')}
          empty={{
            icon: MessageCircleIcon,
            title: t('comments.emptyTitle'),
            text: t('comments.emptyText'),
          }}
          getKey={(comment) => comment.id}
        >
          {(comment) => <ThingCommentThread comment={comment} onReply={onReply} />}
        </InfiniteList>
      )}
    </>
  );
}
