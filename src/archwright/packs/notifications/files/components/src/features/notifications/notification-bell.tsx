import { BellIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { useSession } from '@/lib/session';
import { useUnreadCount } from './use-notifications';

const SHOWN = 99;

/** Leads to the news, and says how much of it is new. */
export function NotificationBell() {
  const { t } = useTranslation();
  const { userId } = useSession();
  const { data: count = 0 } = useUnreadCount();
  if (userId === null) return null;
  const label = count > 0 ? t('notifications.bellUnread', { count }) : t('notifications.bell');
  return (
    <Button asChild variant="ghost" size="icon" className="relative">
      <Link to="/notifications" aria-label={label}>
        <BellIcon aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-1 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-primary px-1 text-xs font-bold text-primary-foreground"
          >
            {count > SHOWN ? t('notifications.many') : count}
          </span>
        )}
      </Link>
    </Button>
  );
}
