import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { profilePath } from '@/features/profiles/handle';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import { VideoMenu } from './video-menu';
import type { Video } from './videos-api';

/** The rail beside a video: its author, and what one can do with it. */
export function VideoActions({ video }: { video: Video }) {
  const { t } = useTranslation();
  const { author } = video;
  return (
    <div className="absolute right-2 bottom-8 z-10 flex flex-col items-center gap-3">
      <Link
        to={profilePath(author.handle)}
        aria-label={t('videos.profileOf', { name: author.display_name })}
        className="rounded-full focus-visible:outline-2 focus-visible:outline-offset-2"
      >
        <ProfileAvatar profile={author} className="ring-2 ring-foreground" />
      </Link>
      {/*% slot "video.actions" %*/}
      <VideoMenu video={video} />
    </div>
  );
}
