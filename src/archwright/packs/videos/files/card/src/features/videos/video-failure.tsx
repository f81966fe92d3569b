import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';

interface VideoFailureProps {
  onRetry: () => void;
  retrying: boolean;
}

/** What the browser could not play: its address has run out, the network broke off, the data is bad. */
export function VideoFailure({ onRetry, retrying }: VideoFailureProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="z-10 flex max-w-xs flex-col items-center gap-4 text-center">
      <p>{t('videos.playFailed')}</p>
      <Button variant="secondary" pending={retrying} onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </div>
  );
}
