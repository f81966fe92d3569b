import { BanIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KeptAwaySection } from './kept-away-section';
import { useBlocked, useUnblock } from './use-blocks';

export function BlockedSection() {
  const { t } = useTranslation();
  const query = useBlocked();
  const unblock = useUnblock();
  return (
    <KeptAwaySection
      id="blocked"
      title={t('blocks.blockedTitle')}
      text={t('blocks.blockedText')}
      emptyText={t('blocks.blockedEmpty')}
      icon={BanIcon}
      query={query}
      undoLabel={t('blocks.unblock')}
      undoName={({ handle }) => t('blocks.unblockOne', { handle })}
      onUndo={({ id, handle }) => unblock.mutate({ id, handle })}
    />
  );
}
