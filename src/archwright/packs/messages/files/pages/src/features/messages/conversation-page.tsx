import { ArrowLeftIcon, MessageCircleOffIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { useUserId } from '@/lib/session';
import { Composer } from './composer';
import { ConversationList } from './conversation-list';
import type { Participant } from './conversations-api';
import { MessageThread } from './message-thread';
import { useParticipants } from './use-conversations';
import { useSendMessage } from './use-outbox';
import { useTyping } from './use-typing';

function ThreadHeader({ profile }: { profile: Participant['profile'] }) {
  const { t } = useTranslation();
  const name = profile?.display_name ?? t('messages.someone');
  const who = (
    <>
      <ProfileAvatar
        profile={{ display_name: name, avatar_path: profile?.avatar_path ?? null }}
        size="sm"
      />
      <span className="truncate font-semibold">{name}</span>
    </>
  );
  return (
    <div className="flex min-h-14 items-center gap-1 border-b px-2">
      <Button asChild variant="ghost" size="icon" className="md:hidden">
        <Link to="/messages" aria-label={t('messages.back')}>
          <ArrowLeftIcon aria-hidden="true" />
        </Link>
      </Button>
      {profile ? (
        <Link to={`/u/${profile.handle}`} className="flex h-11 min-w-0 items-center gap-3 px-2">
          {who}
        </Link>
      ) : (
        <div className="flex min-w-0 items-center gap-3 px-2">{who}</div>
      )}
    </div>
  );
}

function Conversation({ id, other }: { id: string; other: Participant | undefined }) {
  const { t } = useTranslation();
  const { send, retry, discard } = useSendMessage(id);
  const { live, typing, tell } = useTyping(id);
  useParticipants(id, !live);
  const profile = other?.profile ?? null;
  const name = profile?.display_name ?? t('messages.someone');
  return (
    <>
      <ThreadHeader profile={profile} />
      <MessageThread
        conversationId={id}
        name={name}
        seenUntil={other?.last_read_at ?? null}
        onRetry={retry}
        onDiscard={discard}
      />
      <p role="status" className="px-4 text-xs text-muted-foreground">
        {typing && t('messages.typing', { name })}
      </p>
      {profile ? (
        <Composer
          onSend={(body) => {
            send(body);
            tell(false);
          }}
          onType={() => tell(true)}
        />
      ) : (
        <p className="border-t p-4 text-center text-muted-foreground">{t('messages.closed')}</p>
      )}
    </>
  );
}

/** One conversation; on wide screens beside all others. */
export function Component() {
  const { t } = useTranslation();
  const { conversationId = '' } = useParams();
  const userId = useUserId();
  const query = useParticipants(conversationId);
  const other = query.data?.find((participant) => participant.user_id !== userId);
  const name = other?.profile?.display_name ?? t('messages.someone');
  return (
    <Page
      title={query.data ? t('messages.with', { name }) : t('messages.title')}
      width="bleed"
      hideTitle
      className="h-page gap-0"
    >
      <div className="flex min-h-0 flex-1">
        <div className="hidden min-h-0 w-80 shrink-0 overflow-y-auto border-r p-3 md:block">
          <ConversationList />
        </div>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <QueryState
            query={query}
            empty={{
              icon: MessageCircleOffIcon,
              title: t('messages.gone'),
              text: t('messages.goneText'),
              action: (
                <Button asChild variant="secondary">
                  <Link to="/messages">{t('messages.back')}</Link>
                </Button>
              ),
            }}
          >
            {() => <Conversation key={conversationId} id={conversationId} other={other} />}
          </QueryState>
        </div>
      </div>
    </Page>
  );
}
