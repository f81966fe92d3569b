import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '@/components/page';
import { ErrorState, LoadingState } from '@/components/query-state';
import { useSession } from '@/lib/session';
import { UploadForm } from './upload-form';
import { useVideo } from './use-videos';
import { LIMITS } from './video-file';

/** Upload of a video; `?video=` goes on with one that was left unfinished. */
export function Component() {
  const { t } = useTranslation();
  const { userId } = useSession();
  const [search] = useSearchParams();
  const unfinished = useVideo(search.get('video'));
  const { data: video } = unfinished;
  const open = video?.author_id === userId && video?.status !== 'ready' ? video : null;
  return (
    <Page
      title={t('videos.uploadTitle')}
      text={t('videos.uploadText', { minutes: LIMITS.minutes, size: LIMITS.megabytes })}
      className="max-w-4xl"
    >
      {unfinished.isPending && <LoadingState />}
      {unfinished.isError && (
        <ErrorState error={unfinished.error} onRetry={() => void unfinished.refetch()} />
      )}
      {unfinished.isSuccess && (
        <UploadForm
          key={open?.id}
          videoId={open?.id ?? null}
          initial={open ? { caption: open.caption, visibility: open.visibility } : {}}
        />
      )}
    </Page>
  );
}
