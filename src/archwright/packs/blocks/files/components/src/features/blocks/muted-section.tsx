import { BellOffIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KeptAwaySection } from './kept-away-section';
import { useMuted, useUnmute } from './use-mutes';

export function MutedSection() {
  const { t } = useTranslation();
  const query = useMuted();
  const unmute = useUnmute();
  return (
    <KeptAwaySection
      id="muted"
      title={t('blocks.mutedTitle')}
      text={t('blocks.mutedText')}
      emptyText={t('blocks.mutedEmpty')}
      icon={BellOffIcon}
      query={query}
      undoLabel={t('blocks.unmute')}
      undoName={({ handle }) => t('blocks.unmuteOne', { handle })}
      onUndo={({ id, handle }) => unmute.mutate({ id, handle })}
    />
  );
}
