import { WifiOffIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from 'react-router';
import { useConnection } from '@/lib/live';

const TEXTS = {
  offline: 'app.offline',
  away: 'app.unreachable',
  lost: 'app.liveLost',
} as const;

/** Says so while there is no connection, no answer, or no news; all come back by themselves. */
export function OfflineBar() {
  const { t } = useTranslation();
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'fine' && (
        <p className="flex items-center justify-center gap-2 bg-foreground px-4 py-2 text-center text-sm text-background">
          <WifiOffIcon aria-hidden="true" className="size-4 shrink-0" />
          {t(TEXTS[connection])}
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
