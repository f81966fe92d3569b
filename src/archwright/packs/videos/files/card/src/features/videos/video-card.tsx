import { useTranslation } from 'react-i18next';
import { cn } from '@/lib/cn';
import { VideoActions } from './video-actions';
import { VideoCaption } from './video-caption';
import { VideoNotice } from './video-notice';
import { VideoPlayer } from './video-player';
import type { Video } from './videos-api';

interface VideoCardProps {
  video: Video;
  className?: string;
}

/** One upright video with all that belongs to it. What lies over it is in the dark palette, always. */
export function VideoCard({ video, className }: VideoCardProps) {
  const { t } = useTranslation();
  return (
    <article
      aria-label={t('videos.by', { name: video.author.display_name })}
      className={cn(
        'dark relative isolate h-full w-full overflow-hidden bg-background text-foreground',
        className,
      )}
    >
      {video.status === 'ready' ? <VideoPlayer video={video} /> : <VideoNotice video={video} />}
      <div className="pointer-events-none absolute inset-x-0 bottom-0 h-1/2 bg-linear-to-t from-background/95 via-background/75 to-transparent" />
      <VideoCaption video={video} />
      <VideoActions video={video} />
    </article>
  );
}
