import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { useConnection } from '@/lib/live';
import { MessageBubble } from './message-bubble';
import type { Outgoing } from './outbox-actions';

interface OutgoingMessageProps {
  message: Outgoing;
  onRetry: (message: Outgoing) => void;
  onDiscard: (id: string) => void;
}

/** A message that the server has not got yet, and what to do when it did not get there. */
export function OutgoingMessage({ message, onRetry, onDiscard }: OutgoingMessageProps) {
  const { t } = useTranslation();
  const waiting = useConnection() !== 'fine';
  return (
    <MessageBubble body={message.body} time={message.createdAt} author={null}>
      {message.failed ? (
        <span role="alert" className="flex items-center gap-1">
          <span className="font-medium text-destructive">{t('messages.failed')}</span>
          <Button variant="link" size="sm" onClick={() => onRetry(message)}>
            {t('messages.retry')}
          </Button>
          <Button variant="link" size="sm" onClick={() => onDiscard(message.id)}>
            {t('messages.discard')}
          </Button>
        </span>
      ) : (
        <span role="status">{waiting ? t('messages.waiting') : t('messages.sending')}</span>
      )}
    </MessageBubble>
  );
}
