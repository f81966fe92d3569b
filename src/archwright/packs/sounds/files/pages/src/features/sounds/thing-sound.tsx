import { MusicIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Thing } from '@/features/things/things-api';
import { useSoundTitle } from './use-sound-title';

/** The line that names what is heard, and leads to all that use it. */
export function ThingSound({ thing }: { thing: Pick<Thing, 'sound'> }) {
  const { t } = useTranslation();
  const titleOf = useSoundTitle();
  const { sound } = thing;
  if (!sound) return null; // none yet, or not for this viewer
  const title = titleOf(sound);
  return (
    <Link
      to={`/sounds/${sound.id}`}
      aria-label={t('sounds.open', { title })}
      className="flex min-h-11 max-w-full items-center gap-2 self-start text-sm hover:underline focus-visible:outline-2 focus-visible:outline-offset-2"
    >
      <MusicIcon aria-hidden="true" className="size-4 shrink-0" />
      <span className="truncate">{title}</span>
    </Link>
  );
}
