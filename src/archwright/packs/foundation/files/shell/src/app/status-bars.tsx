import { onlineManager } from '@tanstack/react-query';
import { WifiOffIcon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from 'react-router';
import { useLiveStatus } from '@/lib/live';

const subscribe = (onChange: () => void) => onlineManager.subscribe(onChange);

/** Says so while there is no connection, or no news come through; both come back by themselves. */
export function OfflineBar() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(subscribe, () => onlineManager.isOnline());
  const lost = useLiveStatus() === 'lost';
  return (
    <div role="status">
      {(!online || lost) && (
        <p className="flex items-center justify-center gap-2 bg-foreground px-4 py-2 text-center text-sm text-background">
          <WifiOffIcon aria-hidden="true" className="size-4 shrink-0" />
          {online ? t('app.liveLost') : t('app.offline')}
        </p>
      )}
    </div>
  );
}

/** A thin line while the code of the next page is on its way. */
export function PendingBar() {
  const pending = useNavigation().state !== 'idle';
  return (
    <div
      aria-hidden="true"
      className={`fixed inset-x-0 top-0 z-50 h-0.5 origin-left bg-primary ${pending ? 'scale-x-90 opacity-100 transition-transform duration-[3s] ease-out' : 'scale-x-0 opacity-0'}`}
    />
  );
}
