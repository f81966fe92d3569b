import { HeartIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ThingGrid } from '@/features/things/thing-grid';
import { useLikedThings } from './use-liked-things';

/** What one liked, on one's own profile. */
export function LikedThings() {
  const { t } = useTranslation();
  const query = useLikedThings();
  return (
    <ThingGrid
      query={query}
      label={t('bookmarks.liked')}
      empty={{
        icon: HeartIcon,
        title: t('bookmarks.likedEmptyTitle'),
        text: t('bookmarks.likedEmptyText'),
      }}
    />
  );
}
