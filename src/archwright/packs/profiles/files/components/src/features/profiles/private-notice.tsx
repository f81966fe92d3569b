import { LockIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/query-state';

/** Stands where a private profile's content would be. */
export function PrivateNotice({ handle }: { handle: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={LockIcon}
      title={t('profiles.privateTitle')}
      text={t('profiles.privateText', { handle })}
    />
  );
}
