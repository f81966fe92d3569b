import { PlayIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';

/** How many people have seen a thing. */
export function ThingViewCount({ thing }: { thing: { view_count: number } }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="flex items-center gap-1 text-xs font-semibold">
      <PlayIcon aria-hidden="true" className="size-3.5" />
      <span aria-hidden="true">{format.compact(thing.view_count)}</span>
      <span className="sr-only">{t('views.count', { count: thing.view_count })}</span>
    </span>
  );
}
