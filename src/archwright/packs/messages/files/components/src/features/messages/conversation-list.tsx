import { MessagesSquareIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import type { Conversation } from './conversations-api';
import { useConversations } from './use-conversations';

function useLastText({ last_body, last_is_own }: Conversation): string {
  const { t } = useTranslation();
  if (last_body === null) return t('messages.deletedLast');
  return last_is_own ? t('messages.own', { text: last_body }) : last_body;
}

function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useLastText(conversation);
  const name = conversation.member_name ?? t('messages.someone');
  const count = conversation.unread_count;
  return (
    <NavLink
      to={`/messages/${conversation.id}`}
      className="flex items-center gap-3 rounded-xl px-3 py-3 hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2 aria-[current=page]:bg-secondary aria-[current=page]:text-secondary-foreground"
    >
      <ProfileAvatar
        profile={{ display_name: name, avatar_path: conversation.member_avatar_path }}
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={cn('truncate', count > 0 && 'font-semibold')}>{name}</span>
        <span className="truncate text-sm text-muted-foreground">{text}</span>
      </span>
      <span className="flex flex-col items-end gap-1">
        <time
          dateTime={conversation.last_message_at}
          className="text-xs whitespace-nowrap text-muted-foreground"
        >
          {format.relative(conversation.last_message_at)}
        </time>
        {count > 0 && (
          <span className="grid h-5 min-w-5 place-items-center rounded-full bg-primary px-1 text-xs font-bold text-primary-foreground">
            <span aria-hidden="true">{format.compact(count)}</span>
            <span className="sr-only">{t('messages.unread', { count })}</span>
          </span>
        )}
      </span>
    </NavLink>
  );
}

/** The member's conversations, the one with the latest message first. */
export function ConversationList() {
  const { t } = useTranslation();
  const query = useConversations();
  return (
    <InfiniteList
      query={query}
      label={t('messages.title')}
      empty={{
        icon: MessagesSquareIcon,
        title: t('messages.empty'),
        text: t('messages.emptyText'),
      }}
      getKey={(conversation) => conversation.id}
      className="gap-1"
    >
      {(conversation) => <ConversationRow conversation={conversation} />}
    </InfiniteList>
  );
}
