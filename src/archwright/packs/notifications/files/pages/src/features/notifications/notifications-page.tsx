import { BellIcon, CheckCheckIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { NotificationItem } from './notification-item';
import { useMarkAllRead, useNotifications, useUnreadCount } from './use-notifications';

/** All news, latest first. */
export function Component() {
  const { t } = useTranslation();
  const query = useNotifications();
  const markAll = useMarkAllRead();
  const { data: unread = 0 } = useUnreadCount(); // also of what is further down
  const latest = query.data?.pages[0]?.[0]?.created_at;
  return (
    <Page
      title={t('notifications.title')}
      text={t('notifications.text')}
      actions={
        <Button
          variant="secondary"
          disabled={unread === 0 || latest === undefined}
          pending={markAll.isPending}
          onClick={() => {
            if (latest !== undefined) markAll.mutate(latest);
          }}
        >
          <CheckCheckIcon aria-hidden="true" />
          {t('notifications.markAllRead')}
        </Button>
      }
    >
      <InfiniteList
        query={query}
        label={t('notifications.title')}
        empty={{
          icon: BellIcon,
          title: t('notifications.empty'),
          text: t('notifications.emptyText'),
        }}
        getKey={(entry) => entry.id}
        className="-mx-3"
      >
        {(entry) => <NotificationItem entry={entry} />}
      </InfiniteList>
    </Page>
  );
}
