import { SearchXIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
//% if target.table == 'videos'
import { VideoGrid } from '@/features/videos/video-grid';
//% else
//% if target.table != 'profiles'
import { Link } from 'react-router';
//% endif
import { InfiniteList } from '@/components/infinite-list';
//% endif
//% if target.table == 'profiles'
import { ProfileRow } from '@/features/profiles/profile-row';
//% endif
//% if target.table == 'sounds'
import { useSoundTitle } from '@/features/sounds/use-sound-title';
//% endif
import { searchThings } from './thing-search-api';
import { useSearch } from './use-search';

/** The things that match a search. */
export function ThingSearchResults({ query }: { query: string }) {
  const { t } = useTranslation();
//% if target.table == 'sounds'
  const titleOf = useSoundTitle();
//% endif
  const found = useSearch('things', query, searchThings);
  const empty = {
    icon: SearchXIcon,
    title: t('search.nothing'),
    text: t('search.nothingText'),
  };
  return (
//% if target.table == 'videos'
    <VideoGrid query={found} label={t('search.results')} empty={empty} />
//% endif
//% if target.table == 'profiles'
    <InfiniteList
      query={found}
      label={t('search.results')}
      empty={empty}
      getKey={(profile) => profile.id}
    >
      {(profile) => (
        <ProfileRow profile={profile}>
          {/*% slot "search.person" %*/}
        </ProfileRow>
      )}
    </InfiniteList>
//% endif
//% if target.table == 'hashtags'
    <InfiniteList
      query={found}
      label={t('search.results')}
      empty={empty}
      getKey={(hashtag) => hashtag.id}
    >
      {(hashtag) => (
        <Link
          to={`/tags/${encodeURIComponent(hashtag.tag)}`}
          className="flex min-h-11 items-center rounded-xl px-3 py-2 font-semibold hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2"
        >
          {`#${hashtag.tag}`}
        </Link>
      )}
    </InfiniteList>
//% endif
//% if target.table == 'sounds'
    <InfiniteList
      query={found}
      label={t('search.results')}
      empty={empty}
      getKey={(sound) => sound.id}
    >
      {(sound) => (
        <Link
          to={`/sounds/${sound.id}`}
          className="flex min-h-11 flex-col justify-center rounded-xl px-3 py-2 hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2"
        >
          <span className="font-semibold">{titleOf(sound)}</span>
          <span className="text-sm text-muted-foreground">{`@${sound.creator.handle}`}</span>
        </Link>
      )}
    </InfiniteList>
//% endif
//% if target.table not in ('videos', 'profiles', 'hashtags', 'sounds')
    <InfiniteList
      query={found}
      label={t('search.results')}
      empty={empty}
      getKey={(row) => row.id}
    >
      {(row) => (
        <Link
          to={`/things/${row.id}`}
          className="flex min-h-11 items-center rounded-xl px-3 py-2 font-semibold first-letter:uppercase hover:bg-accent hover:text-accent-foreground focus-visible:outline-2 focus-visible:-outline-offset-2"
        >
          {row.search_name}
        </Link>
      )}
    </InfiniteList>
//% endif
  );
}
