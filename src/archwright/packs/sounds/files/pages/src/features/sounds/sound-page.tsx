import { MusicIcon, PencilIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { profilePath } from '@/features/profiles/handle';
import { ThingGrid } from '@/features/things/thing-grid';
import { useSession } from '@/lib/session';
import { RenameSoundDialog } from './rename-sound-dialog';
import type { Sound } from './sounds-api';
import { useSoundTitle } from './use-sound-title';
import { useSound, useThingsOfSound } from './use-sounds';

function SoundView({ sound }: { sound: Sound }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const titleOf = useSoundTitle();
  const query = useThingsOfSound(sound.id);
  const [renaming, setRenaming] = useState(false);
  return (
    <Page
      title={titleOf(sound)}
      text={t('sounds.count', { count: sound.thing_count })}
      actions={
        <>
          {sound.creator.id === userId && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('sounds.rename')}
              onClick={() => setRenaming(true)}
            >
              <PencilIcon aria-hidden="true" />
            </Button>
          )}
          <Button asChild>
            <Link to={`/upload?sound=${sound.id}`}>
              <MusicIcon aria-hidden="true" />
              {t('sounds.use')}
            </Link>
          </Button>
        </>
      }
    >
      {sound.title !== null && (
        <Link to={profilePath(sound.creator.handle)} className="self-start py-2 font-semibold text-link">
          {t('sounds.of', { handle: sound.creator.handle })}
        </Link>
      )}
      <ThingGrid
        query={query}
        label={t('sounds.videos')}
        empty={{ icon: MusicIcon, title: t('sounds.none'), text: t('sounds.noneText') }}
      />
      {renaming && <RenameSoundDialog sound={sound} onClose={() => setRenaming(false)} />}
    </Page>
  );
}

/** A sound and all that use it. */
export function Component() {
  const { t } = useTranslation();
  const { soundId = null } = useParams();
  const query = useSound(soundId);
  if (query.data) return <SoundView key={query.data.id} sound={query.data} />;
  return (
    <Page title={t('sounds.field')} hideTitle>
      <QueryState query={query} empty={{ title: t('sounds.gone'), text: t('sounds.goneText') }}>
        {() => null}
      </QueryState>
    </Page>
  );
}
