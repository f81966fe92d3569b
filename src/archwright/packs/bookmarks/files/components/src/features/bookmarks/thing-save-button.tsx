import { BookmarkIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { ThingSaveSheet } from './thing-save-sheet';
import { useSaveThing, type SaveableThing } from './use-saved-things';

/** Saves at once; what is saved already opens the choice of its collection. */
export function ThingSaveButton({ thing }: { thing: SaveableThing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const location = useLocation();
  const { userId } = useSession();
  const { mutate: save } = useSaveThing();
  const [open, setOpen] = useState(false);
  const saved = thing.viewer_saved === true;
  const press = () => {
    if (userId === null) void navigate(signInPath(location));
    else if (saved) setOpen(true);
    else save({ id: thing.id, saved: true });
  };
  return (
    <>
      <button
        type="button"
        aria-pressed={saved}
        aria-label={t('bookmarks.save', { count: thing.bookmark_count })}
        onClick={press}
        className="flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1 rounded-lg text-xs font-semibold transition-transform [flex-direction:inherit] active:scale-90"
      >
        <BookmarkIcon
          aria-hidden="true"
          className={cn('size-(--action-icon,1.75rem)', saved && 'fill-primary text-primary')}
        />
        {format.compact(thing.bookmark_count)}
      </button>
      <ThingSaveSheet
        thingId={thing.id}
        open={open}
        onOpenChange={setOpen}
        onRemove={() => {
          setOpen(false);
          save({ id: thing.id, saved: false });
        }}
      />
    </>
  );
}
