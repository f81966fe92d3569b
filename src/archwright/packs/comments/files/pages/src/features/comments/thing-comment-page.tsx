import { MessageCircleOffIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { ThingCommentForm } from './thing-comment-form';
import { ThingCommentThread } from './thing-comment-thread';
import type { StandingThingComment } from './standing-thing-comment';
import { useLiveThingComments } from './use-live-thing-comments';
import { useThingCommentThread } from './use-thing-comments';

/** One thread by itself: where a notification or a copied link leads. */
export function Component() {
  const { t } = useTranslation();
  const { thingCommentId = '' } = useParams();
  const [replyTo, setReplyTo] = useState<StandingThingComment | null>(null);
  const query = useThingCommentThread(thingCommentId);
  useLiveThingComments(query.data?.thing_id ?? null);
  return (
    <Page title={t('comments.pageTitle')}>
      <QueryState
        query={query}
        empty={{
          icon: MessageCircleOffIcon,
          title: t('comments.goneTitle'),
          text: t('comments.goneText'),
        }}
      >
        {(thread) => (
          <div className="flex flex-col gap-4">
            <Button asChild variant="secondary" className="self-start">
              <Link to={`/things/${thread.thing_id}`}>{t('comments.thing.page')}</Link>
            </Button>
            <ThingCommentThread
              comment={thread}
              onReply={setReplyTo}
              initiallyOpen
              linkedId={thingCommentId}
            />
            {replyTo && (
              <ThingCommentForm
                key={replyTo.id}
                thingId={thread.thing_id}
                replyTo={replyTo}
                onDone={() => setReplyTo(null)}
              />
            )}
          </div>
        )}
      </QueryState>
    </Page>
  );
}
