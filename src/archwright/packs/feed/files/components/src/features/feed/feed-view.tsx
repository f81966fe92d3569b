import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { RefreshCwIcon } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  EmptyState,
  ErrorState,
  LoadingState,
  type EmptyStateProps,
} from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { Spinner } from '@/components/ui/spinner';
import { VideoCard } from '@/features/videos/video-card';
import type { Video } from '@/features/videos/videos-api';
import { useFeedStore } from './feed-store';
import { FeedSteps } from './feed-steps';
import { useFeedKeys } from './use-feed-keys';
import { useFeedPosition } from './use-feed-position';
import { useRefreshFeeds } from './use-for-you';

/** Videos beyond the one on screen that are loaded already: the next one must start at once. */
const NEAR = 1;
const FETCH_AHEAD = 4;

interface FeedViewProps {
  /** Names the feed in the memory of where one was. */
  name: string;
  label: string;
  /** A query whose pages are lists of videos. */
  query: UseInfiniteQueryResult<InfiniteData<readonly Video[]>>;
  empty: EmptyStateProps;
  /** Stands below "you have seen them all": how this feed came about, say. */
  endText?: string | undefined;
}

/** What comes after the last video that is there. */
function FeedEnd({ query, endText }: Pick<FeedViewProps, 'query' | 'endText'>) {
  const { t } = useTranslation();
  const refresh = useRefreshFeeds();
  const startOver = useFeedStore((state) => state.startOver);
  const again = () => {
    startOver();
    refresh();
  };
  if (query.isFetchNextPageError) {
    return <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />;
  }
  if (query.hasNextPage) {
    return (
      <LoadingState>
        <Spinner />
      </LoadingState>
    );
  }
  return (
    <EmptyState
      icon={RefreshCwIcon}
      title={t('feed.endTitle')}
      text={endText}
      action={<Button onClick={again}>{t('feed.refresh')}</Button>}
    />
  );
}

type FeedListProps = Omit<FeedViewProps, 'empty'> & { videos: Video[] };

function FeedList({ name, label, query, endText, videos }: FeedListProps) {
  const ids = useMemo(() => videos.map((video) => video.id), [videos]);
  const { list, index, onScroll, goTo } = useFeedPosition(name, ids);
  useFeedKeys(index, goTo);

  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const wanted = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (wanted && index + FETCH_AHEAD >= videos.length) void fetchNextPage();
  }, [wanted, index, videos.length, fetchNextPage]);

  return (
    <>
      <ul
        ref={list}
        aria-label={label}
        onScroll={onScroll}
        className="relative h-full snap-y snap-mandatory [scrollbar-width:none] overflow-y-auto overscroll-contain"
      >
        {videos.map((video, place) => {
          const near = Math.abs(place - index) <= NEAR;
          return (
            <li
              key={video.id}
              aria-hidden={!near}
              className="flex h-full snap-start snap-always justify-center md:py-3"
            >
              {near && <VideoCard video={video} className="md:max-w-md md:rounded-2xl" />}
            </li>
          );
        })}
        <li className="grid h-full snap-start place-items-center">
          <FeedEnd query={query} endText={endText} />
        </li>
      </ul>
      <FeedSteps index={index} end={videos.length} goTo={goTo} />
    </>
  );
}

/** A feed in each of its states: videos one below the other, one of them on screen. */
export function FeedView({ empty, ...feed }: FeedViewProps) {
  const { query } = feed;
  const round = useFeedStore((state) => state.round);
  const videos = useMemo(() => {
    const byId = new Map(query.data?.pages.flat().map((video) => [video.id, video]));
    return [...byId.values()];
  }, [query.data]);
  if (query.isPending) {
    return (
      <LoadingState>
        <Skeleton className="mx-auto h-page max-w-md md:rounded-2xl" />
      </LoadingState>
    );
  }
  if (query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  if (videos.length === 0) return <EmptyState {...empty} />;
  return <FeedList key={round} {...feed} videos={videos} />;
}
