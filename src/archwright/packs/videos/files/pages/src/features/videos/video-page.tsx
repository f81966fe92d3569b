import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useVideo } from './use-videos';
import { VideoCard } from './video-card';
import { videoTitle } from './video-title';
import type { Video } from './videos-api';

function VideoView({ video }: { video: Video }) {
  const { t } = useTranslation();
  const by = t('videos.by', { name: video.author.display_name });
  return (
    <Page
      title={videoTitle(video.caption) || by}
      width="bleed"
      hideTitle
      className="gap-0"
    >
      <div className="flex h-page justify-center">
        <VideoCard video={video} className="max-w-xl md:rounded-2xl" />
      </div>
      <div className="mx-auto flex w-full max-w-xl flex-col gap-6 px-4 py-6 empty:hidden">
        {/*% slot "video.details" %*/}
      </div>
    </Page>
  );
}

/** One video on a page of its own. */
export function Component() {
  const { t } = useTranslation();
  const { videoId = null } = useParams();
  const query = useVideo(videoId);
  const empty = {
    title: t('videos.gone'),
    text: t('videos.goneText'),
    action: (
      <Button asChild variant="secondary">
        <Link to="/">{t('app.backHome')}</Link>
      </Button>
    ),
  };
  if (query.data) return <VideoView key={query.data.id} video={query.data} />;
  return (
    <Page title={t('videos.list')} hideTitle width="narrow">
      <QueryState query={query} empty={empty} skeleton={<Skeleton className="h-[70dvh]" />}>
        {() => null}
      </QueryState>
    </Page>
  );
}
