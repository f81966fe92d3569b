import { useInfiniteQuery } from '@tanstack/react-query';
import { UsersRoundIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { FeedView } from '@/features/feed/feed-view';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { signInPath } from '@/lib/next-path';
import { useSession } from '@/lib/session';
import { fetchFollowingFeed, FOLLOWING_PAGE } from './following-feed-api';

function useFollowingFeed() {
  return useInfiniteQuery({
    queryKey: ['videos', 'feed', 'following'],
    queryFn: ({ pageParam, signal }) => fetchFollowingFeed(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows, { column: 'published_at', size: FOLLOWING_PAGE }),
  });
}

function MemberFeed() {
  const { t } = useTranslation();
  return (
    <FeedView
      name="following"
      label={t('follows.following')}
      query={useFollowingFeed()}
      empty={{
        icon: UsersRoundIcon,
        title: t('follows.feedEmpty'),
        text: t('follows.feedEmptyText'),
      }}
    />
  );
}

/** Who nobody knows follows nobody. */
function GuestNotice() {
  const { t } = useTranslation();
  const location = useLocation();
  return (
    <EmptyState
      icon={UsersRoundIcon}
      title={t('follows.feedGuestTitle')}
      text={t('follows.feedGuestText')}
      action={
        <Button asChild>
          <Link to={signInPath(location)}>{t('app.signIn')}</Link>
        </Button>
      }
    />
  );
}

/** The tab of the feed with those whom one follows. */
export function FollowingFeed() {
  return useSession().userId === null ? <GuestNotice /> : <MemberFeed />;
}
