import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { ClapperboardIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import type { EmptyStateProps } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import { VideoTile } from './video-tile';
import type { Video } from './videos-api';

const gridClasses = 'grid grid-cols-3 gap-1 sm:gap-2 lg:grid-cols-4';

interface VideoGridProps {
  /** A query whose pages are lists of videos. */
  query: UseInfiniteQueryResult<InfiniteData<readonly Video[]>>;
  /** Names the list for screen readers. */
  label?: string;
  empty?: EmptyStateProps;
}

/** Videos as pictures, each leading to its page. */
export function VideoGrid({ query, label, empty }: VideoGridProps) {
  const { t } = useTranslation();
  return (
    <InfiniteList
      query={query}
      label={label ?? t('videos.list')}
      empty={
        empty ?? {
          icon: ClapperboardIcon,
          title: t('videos.none'),
          text: t('videos.noneText'),
        }
      }
      getKey={(video) => video.id}
      className={gridClasses}
      skeleton={
        <div className={gridClasses}>
          <Skeleton className="aspect-[9/16]" />
          <Skeleton className="aspect-[9/16]" />
          <Skeleton className="aspect-[9/16]" />
        </div>
      }
    >
      {(video) => <VideoTile video={video} />}
    </InfiniteList>
  );
}
