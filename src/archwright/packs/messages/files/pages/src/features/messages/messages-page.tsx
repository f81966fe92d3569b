import { MessageCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/query-state';
import { Page } from '@/components/page';
import { ConversationList } from './conversation-list';

/** All conversations; on wide screens there is room for one beside them. */
export function Component() {
  const { t } = useTranslation();
  return (
    <Page title={t('messages.title')} width="bleed" hideTitle className="h-page gap-0">
      <div className="flex min-h-0 flex-1">
        <div className="min-h-0 w-full overflow-y-auto p-3 md:w-80 md:shrink-0 md:border-r">
          <ConversationList />
        </div>
        <div className="hidden flex-1 place-content-center md:grid">
          <EmptyState
            icon={MessageCircleIcon}
            title={t('messages.choose')}
            text={t('messages.chooseText')}
          />
        </div>
      </div>
    </Page>
  );
}
