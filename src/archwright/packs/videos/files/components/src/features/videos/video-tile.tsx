import { ClapperboardIcon, LockIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '@/lib/format';
import { useSignedUrl } from '@/lib/storage';
import { noticeOf } from './video-notice';
import { videoTitle } from './video-title';
import type { Video } from './videos-api';

/** One video in a grid: its picture, and the way to it. */
export function VideoTile({ video }: { video: Video }) {
  const { t } = useTranslation();
  const format = useFormat();
  const picture = useSignedUrl('thumbnails', video.thumbnail_path);
  const notice = noticeOf(video.status);
  return (
    <Link
      to={`/videos/${video.id}`}
      className="dark relative isolate block aspect-[9/16] overflow-hidden rounded-lg bg-muted text-foreground focus-visible:outline-2 focus-visible:outline-offset-2"
    >
      {picture.data === undefined ? (
        <span className="absolute inset-0 grid place-items-center text-muted-foreground">
          <ClapperboardIcon aria-hidden="true" className="size-8" />
        </span>
      ) : (
        <img
          src={picture.data}
          alt=""
          loading="lazy"
          className="absolute inset-0 size-full object-cover"
        />
      )}
      <span className="sr-only">
        {videoTitle(video.caption) || t('videos.by', { name: video.author.display_name })}
      </span>
      {notice !== null && (
        <span className="absolute inset-x-2 top-2 rounded-md bg-background/80 px-2 py-1 text-xs font-semibold">
          {t(notice.titleKey)}
        </span>
      )}
      {video.visibility !== 'public' && (
        <span className="absolute top-2 right-2 grid size-7 place-items-center rounded-full bg-background/80">
          <LockIcon aria-hidden="true" className="size-4" />
          <span className="sr-only">{t(`videos.visibility.${video.visibility}`)}</span>
        </span>
      )}
      <span className="absolute inset-x-0 bottom-0 flex items-center gap-3 bg-linear-to-t from-background/90 to-transparent px-2 pt-6 pb-2 text-xs font-semibold">
        {/*% slot "video.tile" %*/}
        {video.duration_ms !== null && (
          <span className="ml-auto tabular-nums">{format.duration(video.duration_ms / 1000)}</span>
        )}
      </span>
    </Link>
  );
}
