import { HashIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { ThingGrid } from '@/features/things/thing-grid';
import type { Hashtag } from './hashtags-api';
import { TrendingTags } from './trending-tags';
import { useHashtag, useTaggedThings } from './use-hashtags';

function Tagged({ hashtag }: { hashtag: Hashtag }) {
  const { t } = useTranslation();
  const query = useTaggedThings(hashtag.id);
  return (
    <ThingGrid
      query={query}
      empty={{ icon: HashIcon, title: t('hashtags.emptyTitle'), text: t('hashtags.emptyText') }}
    />
  );
}

/** All that names one hashtag. */
export function Component() {
  const { t } = useTranslation();
  const { tag = '' } = useParams();
  const query = useHashtag(tag);
  const count = query.data?.thing_count;
  return (
    <Page
      title={`#${tag.toLowerCase()}`}
      text={count === undefined ? undefined : t('hashtags.thing.count', { count })}
      width="wide"
    >
      <TrendingTags />
      <QueryState
        query={query}
        empty={{ icon: HashIcon, title: t('hashtags.emptyTitle'), text: t('hashtags.emptyText') }}
      >
        {(hashtag) => <Tagged hashtag={hashtag} />}
      </QueryState>
    </Page>
  );
}
