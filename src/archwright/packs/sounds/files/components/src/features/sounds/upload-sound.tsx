import { MusicIcon, XIcon } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ErrorState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { useUploadDraft } from '@/features/things/upload-draft';
import { useSoundTitle } from './use-sound-title';
import { useSound } from './use-sounds';

/** The sound of another upload that this one uses: `?sound=` of the upload page. */
export function UploadSound() {
  const { t } = useTranslation();
  const titleOf = useSoundTitle();
  const [search, setSearch] = useSearchParams();
  const { draft, change } = useUploadDraft();
  const wanted = search.get('sound');
  const query = useSound(wanted);
  const { data: sound } = query;
  const found = sound?.id ?? null;

  useEffect(() => {
    if ((draft.sound_id ?? null) !== found) change({ sound_id: found });
  }, [found, draft.sound_id, change]);

  const remove = () => {
    setSearch(
      (before) => {
        before.delete('sound');
        return before;
      },
      { replace: true },
    );
  };

  if (wanted === null) return null;
  if (query.isPending) return <Skeleton className="h-20" />;
  if (query.isError) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!sound) return <p className="text-sm text-muted-foreground">{t('sounds.fieldGone')}</p>;
  return (
    <Card className="flex-row items-center gap-3 p-4">
      <MusicIcon aria-hidden="true" className="size-6 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-semibold">{titleOf(sound)}</span>
        <span className="text-sm text-muted-foreground">{t('sounds.fieldText')}</span>
      </div>
      <Button variant="ghost" size="icon" aria-label={t('sounds.fieldRemove')} onClick={remove}>
        <XIcon aria-hidden="true" />
      </Button>
    </Card>
  );
}
