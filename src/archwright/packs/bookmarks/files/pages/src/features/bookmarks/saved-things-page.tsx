import { BookmarkIcon, FolderIcon, FolderPlusIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InfiniteList } from '@/components/infinite-list';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { ThingGrid } from '@/features/things/thing-grid';
import { ThingCollectionDialog } from './thing-collection-dialog';
import { useSavedThings } from './use-saved-things';
import { useThingCollections } from './use-thing-collections';

/** All that one saved, and one's collections. */
export function Component() {
  const { t } = useTranslation();
  const id = useId();
  const [naming, setNaming] = useState(false);
  const collections = useThingCollections();
  const saved = useSavedThings(null);
  return (
    <Page
      title={t('bookmarks.title')}
      text={t('bookmarks.text')}
      width="wide"
      actions={
        <Button variant="secondary" onClick={() => setNaming(true)}>
          <FolderPlusIcon aria-hidden="true" />
          {t('bookmarks.newCollection')}
        </Button>
      }
    >
      <section aria-labelledby={`${id}-collections`} className="flex flex-col gap-3">
        <h2 id={`${id}-collections`} className="text-lg font-bold">
          {t('bookmarks.collections')}
        </h2>
        <InfiniteList
          query={collections}
          label={t('bookmarks.collections')}
          empty={{ icon: FolderIcon, title: t('bookmarks.noCollectionsTitle') }}
          getKey={(collection) => collection.id}
          className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4"
        >
          {(collection) => (
            <Link
              to={`/saved/${collection.id}`}
              className="flex min-h-14 items-center gap-3 rounded-xl border bg-card px-4 font-semibold text-card-foreground hover:bg-accent hover:text-accent-foreground"
            >
              <FolderIcon aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
              <span className="truncate">{collection.name}</span>
            </Link>
          )}
        </InfiniteList>
      </section>
      <section aria-labelledby={`${id}-all`} className="flex flex-col gap-3">
        <h2 id={`${id}-all`} className="text-lg font-bold">
          {t('bookmarks.all')}
        </h2>
        <ThingGrid
          query={saved}
          label={t('bookmarks.all')}
          empty={{
            icon: BookmarkIcon,
            title: t('bookmarks.emptyTitle'),
            text: t('bookmarks.emptyText'),
          }}
        />
      </section>
      <ThingCollectionDialog open={naming} onOpenChange={setNaming} collection={null} />
    </Page>
  );
}
