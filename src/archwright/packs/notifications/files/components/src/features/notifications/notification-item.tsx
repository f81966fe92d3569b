import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { useSession } from '@/lib/session';
import { entryPath, kindText } from './notification-kinds';
import type { NotificationEntry } from './notifications-api';
import { useMarkRead } from './use-notifications';

/** "Ann and 3 others liked your video"; news of the app itself are a sentence without a name. */
function useEntryText(entry: NotificationEntry): string {
  const { t } = useTranslation();
  const own = useSession().userId === entry.actor_id;
  const what = t(kindText(entry.kind));
  if (own) return what;
  const who = entry.actor_name;
  const count = entry.actor_count - 1;
  return count > 0
    ? t('notifications.more', { who, count, what })
    : t('notifications.one', { who, what });
}

function EntryContent({ entry }: { entry: NotificationEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useEntryText(entry);
  return (
    <>
      <ProfileAvatar
        profile={{ display_name: entry.actor_name, avatar_path: entry.actor_avatar_path }}
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className={cn('wrap-anywhere', entry.is_unread && 'font-semibold')}>{text}</span>
        <time dateTime={entry.created_at} className="text-sm text-muted-foreground">
          {format.relative(entry.created_at)}
        </time>
      </span>
      {entry.is_unread && (
        <span className="size-2.5 shrink-0 rounded-full bg-primary">
          <span className="sr-only">{t('notifications.new')}</span>
        </span>
      )}
    </>
  );
}

const rowClasses =
  'flex w-full items-center gap-3 rounded-xl px-3 py-3 text-left hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2';

/** One entry: opens what it is about, and is read then. */
export function NotificationItem({ entry }: { entry: NotificationEntry }) {
  const { mutate } = useMarkRead();
  const path = entryPath(entry);
  const read = () => {
    if (entry.is_unread) mutate(entry);
  };
  if (path === null) {
    return (
      <button type="button" className={rowClasses} onClick={read}>
        <EntryContent entry={entry} />
      </button>
    );
  }
  return (
    <Link to={path} className={rowClasses} onClick={read}>
      <EntryContent entry={entry} />
    </Link>
  );
}
