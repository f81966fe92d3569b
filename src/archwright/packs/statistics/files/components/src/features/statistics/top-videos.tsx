import { ClapperboardIcon } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { QueryState } from '@/components/query-state';
import { useFormat } from '@/lib/format';
import { useSignedUrl } from '@/lib/storage';
import { metrics } from './metrics';
import type { TopVideo } from './statistics-api';
import { useTopVideos } from './use-statistics';

function TopVideoRow({ video }: { video: TopVideo }) {
  const { t } = useTranslation();
  const format = useFormat();
  const picture = useSignedUrl('thumbnails', video.thumbnail_path);
  return (
    <Link
      to={`/videos/${video.id}`}
      className="flex items-center gap-4 rounded-xl p-2 hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2"
    >
      <span className="grid aspect-[9/16] w-12 shrink-0 place-items-center overflow-hidden rounded-md bg-muted text-muted-foreground">
        {picture.data === undefined ? (
          <ClapperboardIcon aria-hidden="true" className="size-5" />
        ) : (
          <img src={picture.data} alt="" loading="lazy" className="size-full object-cover" />
        )}
      </span>
      <span className="flex min-w-0 flex-col gap-1">
        <span className="truncate font-semibold">
          {video.caption === '' ? t('statistics.noCaption') : video.caption}
        </span>
        <span className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
          {metrics.map(({ name, icon: Icon }) =>
            name === 'videos' || name === 'followers' ? null : (
              <span key={name} className="flex items-center gap-1.5 tabular-nums">
                <Icon aria-hidden="true" className="size-4" />
                <span className="sr-only">{t(`statistics.${name}`)}</span>
                {format.compact(video[name])}
              </span>
            ),
          )}
        </span>
      </span>
    </Link>
  );
}

/** The creator's videos that did best in the period; nothing where there are none: the page says so. */
export function TopVideos({ days }: { days: number }) {
  const { t } = useTranslation();
  const id = useId();
  const query = useTopVideos(days);
  if (query.data?.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-lg font-semibold">
        {t('statistics.top')}
      </h2>
      <QueryState query={query}>
        {(videos) => (
          <ol className="-mx-2 flex flex-col">
            {videos.map((video) => (
              <li key={video.id}>
                <TopVideoRow video={video} />
              </li>
            ))}
          </ol>
        )}
      </QueryState>
    </section>
  );
}
