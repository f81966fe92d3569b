import { ClapperboardIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import type { Profile } from '@/features/profiles/profiles-api';
import { useSession } from '@/lib/session';
import { useVideosOfAuthor } from './use-videos';
import { VideoGrid } from './video-grid';

/** The videos of a member, on their profile. */
export function ProfileVideos({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const query = useVideosOfAuthor(profile.id);
  const own = profile.id === userId;
  return (
    <VideoGrid
      query={query}
      empty={{
        icon: ClapperboardIcon,
        title: t('videos.none'),
        text: t(own ? 'videos.noneOwnText' : 'videos.noneText'),
        action: own && (
          <Button asChild>
            <Link to="/upload">{t('videos.noneAction')}</Link>
          </Button>
        ),
      }}
    />
  );
}
