import { ClapperboardIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { FeedView } from './feed-view';
import { useForYou } from './use-for-you';

/** The ranked feed; guests get it too. */
export function ForYouFeed() {
  const { t } = useTranslation();
  const query = useForYou();
  return (
    <FeedView
      name="for-you"
      label={t('feed.forYou')}
      query={query}
      endText={t('feed.howRanked')}
      empty={{
        icon: ClapperboardIcon,
        title: t('feed.emptyTitle'),
        text: t('feed.emptyText'),
        action: (
          <Button asChild>
            <Link to="/upload">{t('feed.emptyAction')}</Link>
          </Button>
        ),
      }}
    />
  );
}
