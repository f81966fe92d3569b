import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { profilePath } from '@/features/profiles/handle';
import type { Profile } from '@/features/profiles/profiles-api';
import { useFormat } from '@/lib/format';

/** How many follow and are followed; the lists behind that are for those who may see them. */
export function FollowStats({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { compact } = useFormat();
  const { follower_count: count, following_count: following } = profile;
  const stats = [
    ['followers', t('follows.followerCount', { count, shown: compact(count) })],
    ['following', t('follows.followingCount', { shown: compact(following) })],
  ] as const;
  return stats.map(([list, text]) => (
    <li key={list}>
      {profile.viewer_may_see === true ? (
        <Link
          to={`${profilePath(profile.handle)}/${list}`}
          className="font-semibold text-foreground underline-offset-4 hover:underline focus-visible:outline-2"
        >
          {text}
        </Link>
      ) : (
        text
      )}
    </li>
  ));
}
