import { LockIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge } from '@/components/ui/badge';
import { profilePath } from '@/features/profiles/handle';
import { cn } from '@/lib/cn';
import { useFormat } from '@/lib/format';
import { RichText } from './rich-text';
import type { Video } from './videos-api';

const LONG = 100;

function Caption({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const long = text.length > LONG || text.includes('\n');
  return (
    <div className={cn('text-sm leading-relaxed', open && 'max-h-60 overflow-y-auto')}>
      <p className={cn(long && !open && 'line-clamp-2')}>
        <RichText text={text} />
      </p>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-h-11 cursor-pointer pr-4 font-semibold focus-visible:outline-2"
        >
          {t(open ? 'videos.showLess' : 'videos.showAll')}
        </button>
      )}
    </div>
  );
}

/** Who made the video, when, and what they say about it. */
export function VideoCaption({ video }: { video: Video }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="absolute right-18 bottom-7 left-4 z-10 flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          to={profilePath(video.author.handle)}
          className="py-1 font-bold hover:underline focus-visible:outline-2 focus-visible:outline-offset-2"
        >
          {`@${video.author.handle}`}
        </Link>
        {video.published_at !== null && (
          <time dateTime={video.published_at} className="text-sm text-muted-foreground">
            {format.relative(video.published_at)}
          </time>
        )}
        {video.visibility !== 'public' && (
          <Badge variant="outline">
            <LockIcon aria-hidden="true" className="size-3" />
            {t(`videos.visibility.${video.visibility}`)}
          </Badge>
        )}
      </p>
      {video.caption !== '' && <Caption text={video.caption} />}
      {/*% slot "video.caption" %*/}
    </div>
  );
}
