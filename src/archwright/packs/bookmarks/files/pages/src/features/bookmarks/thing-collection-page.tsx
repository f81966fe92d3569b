import { FolderOpenIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '@/components/page';
import { EmptyState, QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { ThingGrid } from '@/features/things/thing-grid';
import { ThingCollectionMenu } from './thing-collection-menu';
import type { ThingCollection } from './thing-collections-api';
import { useSavedThings } from './use-saved-things';
import { useThingCollection } from './use-thing-collections';

function Content({ collection }: { collection: ThingCollection }) {
  const { t } = useTranslation();
  const saved = useSavedThings(collection.id);
  return (
    <Page
      title={collection.name}
      width="wide"
      actions={
        <>
          <Button asChild variant="ghost">
            <Link to="/saved">{t('bookmarks.backToSaved')}</Link>
          </Button>
          <ThingCollectionMenu collection={collection} />
        </>
      }
    >
      <ThingGrid
        query={saved}
        label={collection.name}
        empty={{
          icon: FolderOpenIcon,
          title: t('bookmarks.collectionEmptyTitle'),
          text: t('bookmarks.collectionEmptyText'),
        }}
      />
    </Page>
  );
}

/** One collection of one's own. */
export function Component() {
  const { t } = useTranslation();
  const { collectionId = '' } = useParams();
  const query = useThingCollection(collectionId);
  if (query.data) return <Content collection={query.data} />;
  return (
    <Page title={t('bookmarks.title')} width="wide">
      {query.data === null ? (
        <EmptyState
          icon={FolderOpenIcon}
          title={t('bookmarks.goneTitle')}
          text={t('bookmarks.goneText')}
          action={
            <Button asChild variant="secondary">
              <Link to="/saved">{t('bookmarks.backToSaved')}</Link>
            </Button>
          }
        />
      ) : (
        <QueryState query={query}>{() => null}</QueryState>
      )}
    </Page>
  );
}
