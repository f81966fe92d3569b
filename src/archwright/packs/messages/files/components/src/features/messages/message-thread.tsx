import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { useUserId } from '@/lib/session';
import { MessageBubble } from './message-bubble';
import type { Message } from './messages-api';
import { OutgoingMessage } from './outgoing-message';
import type { Outgoing } from './outbox-actions';
import { useOutboxStore } from './outbox-store';
import { useDeleteMessage, useMarkConversationRead, useMessages } from './use-messages';

/** What the other one wrote is read when it is shown, and somebody looks. */
function useReading(conversationId: string, latest: Message | undefined, userId: string) {
  const { mutate } = useMarkConversationRead();
  const until = latest && latest.sender_id !== userId ? latest.created_at : null;
  useEffect(() => {
    if (until === null) return undefined;
    const read = () => {
      if (document.visibilityState === 'visible') mutate({ conversationId, until });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [conversationId, mutate, until]);
}

interface MessageThreadProps {
  conversationId: string;
  /** What the other one is called. */
  name: string;
  /** Up to when the other one has read. */
  seenUntil: string | null;
  onRetry: (message: Outgoing) => void;
  onDiscard: (id: string) => void;
}

/** The messages of a conversation, the latest in view at the lower edge. */
export function MessageThread({
  conversationId,
  name,
  seenUntil,
  onRetry,
  onDiscard,
}: MessageThreadProps) {
  const { t } = useTranslation();
  const userId = useUserId();
  const query = useMessages(conversationId);
  const remove = useDeleteMessage();
  const [deleting, setDeleting] = useState<Message | null>(null);
  const rows = query.data?.pages.flat() ?? [];
  useReading(conversationId, rows[0], userId);
  const known = new Set(rows.map((row) => row.id));
  const outgoing = useOutboxStore((state) => state.outgoing).filter(
    (message) => message.conversationId === conversationId && !known.has(message.id),
  );
  const latestOwn = rows.find((row) => row.sender_id === userId);
  const isSeen = (row: Message) =>
    row.id === latestOwn?.id && seenUntil !== null && new Date(seenUntil) >= new Date(row.created_at);

  return (
    // upside down, so that the lower edge stays in view; what is inside keeps its order
    <div className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto px-4 py-4">
      <QueryState query={query}>
        {() => (
          <div role="log" aria-label={t('messages.history')} className="flex flex-col gap-4">
            {query.hasNextPage ? (
              <Button
                variant="secondary"
                className="self-center"
                pending={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('messages.older')}
              </Button>
            ) : (
              <p className="py-4 text-center text-sm text-muted-foreground">
                {t('messages.start')}
              </p>
            )}
            <ul className="flex flex-col gap-3">
              {rows.toReversed().map((row) => (
                <MessageBubble
                  key={row.id}
                  body={row.body}
                  time={row.created_at}
                  author={row.sender_id === userId ? null : name}
                  onDelete={row.sender_id === userId ? () => setDeleting(row) : undefined}
                >
                  {isSeen(row) && <span>{t('messages.seen')}</span>}
                </MessageBubble>
              ))}
              {outgoing.map((message) => (
                <OutgoingMessage
                  key={message.id}
                  message={message}
                  onRetry={onRetry}
                  onDiscard={onDiscard}
                />
              ))}
            </ul>
          </div>
        )}
      </QueryState>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={t('messages.deleteTitle')}
        text={t('messages.deleteText')}
        confirmLabel={t('messages.deleteConfirm')}
        destructive
        onConfirm={() => {
          if (deleting) remove.mutate(deleting);
          setDeleting(null);
        }}
      />
    </div>
  );
}
