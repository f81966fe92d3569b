import { MessageCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { useSession } from '@/lib/session';
import { useUnreadConversations } from './use-conversations';
import { useOutboxDelivery } from './use-outbox';

/** Leads to the conversations, and says in how many there is something new. */
export function MessagesLink() {
  const { t } = useTranslation();
  const { userId } = useSession();
  const { data: count = 0 } = useUnreadConversations();
  useOutboxDelivery();
  if (userId === null) return null;
  const label = count > 0 ? t('messages.navUnread', { count }) : t('messages.nav');
  return (
    <Button asChild variant="ghost" size="icon" className="relative">
      <Link to="/messages" aria-label={label}>
        <MessageCircleIcon aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-2 right-2 size-2.5 rounded-full bg-primary"
          />
        )}
      </Link>
    </Button>
  );
}
