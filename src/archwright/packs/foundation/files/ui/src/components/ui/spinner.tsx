import { LoaderCircleIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';

export function Spinner({ className }: { className?: string }) {
  const { t } = useTranslation();
  return (
    <span role="status" className={cn('inline-grid place-items-center', className)}>
      <LoaderCircleIcon aria-hidden="true" className="size-6 animate-spin text-muted-foreground" />
      <span className="sr-only">{t('app.loading')}</span>
    </span>
  );
}
