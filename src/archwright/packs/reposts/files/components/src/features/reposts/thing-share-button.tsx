import { ForwardIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { ThingShareSheet } from './thing-share-sheet';
import type { ShareableThing } from './use-thing-reposts';

/** How many passed it on; opens the ways to do so. */
export function ThingShareButton({ thing }: { thing: ShareableThing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const reposted = thing.viewer_reposted === true;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={t('reposts.share', { count: thing.share_count })}
        onClick={() => setOpen(true)}
        className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1 rounded-lg text-xs font-semibold transition-transform [flex-direction:inherit] active:scale-90"
      >
        <ForwardIcon
          aria-hidden="true"
          className={cn('size-(--action-icon,1.75rem)', reposted && 'fill-primary text-primary')}
        />
        {format.compact(thing.share_count)}
      </button>
      <ThingShareSheet thing={thing} open={open} onOpenChange={setOpen} />
    </>
  );
}
