import { CheckIcon, FolderIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfiniteList } from '@/components/infinite-list';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { ThingCollectionDialog } from './thing-collection-dialog';
import { useMoveThing, useThingBookmark } from './use-saved-things';
import { useThingCollections } from './use-thing-collections';

interface ThingSaveSheetProps {
  thingId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemove: () => void;
}

/** In which collection something is saved. */
export function ThingSaveSheet({ thingId, open, onOpenChange, onRemove }: ThingSaveSheetProps) {
  const { t } = useTranslation();
  const [naming, setNaming] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t('bookmarks.saved')}
      description={t('bookmarks.savedText')}
      footer={
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" className="flex-1" onClick={() => setNaming(true)}>
            {t('bookmarks.newCollection')}
          </Button>
          <Button variant="outline" className="flex-1" onClick={onRemove}>
            {t('bookmarks.remove')}
          </Button>
        </div>
      }
    >
      <Choices thingId={thingId} naming={naming} onNamingChange={setNaming} />
    </Sheet>
  );
}

interface ChoicesProps {
  thingId: string;
  /** Whether a new collection is being named: it is chosen then. */
  naming: boolean;
  onNamingChange: (naming: boolean) => void;
}

function Choices({ thingId, naming, onNamingChange }: ChoicesProps) {
  const { t } = useTranslation();
  const bookmark = useThingBookmark(thingId);
  const collections = useThingCollections();
  const { mutate: move } = useMoveThing();
  const choose = (collectionId: string | null) => {
    if (bookmark.data) move({ thingId, bookmarkId: bookmark.data.id, collectionId });
  };
  return (
    <QueryState query={bookmark} empty={{ title: t('bookmarks.emptyTitle') }}>
      {({ collection_id: current }) => (
        <>
          <Choice
            name={t('bookmarks.none')}
            chosen={current === null}
            onChoose={() => choose(null)}
          />
          <InfiniteList
            query={collections}
            label={t('bookmarks.choose')}
            empty={{ icon: FolderIcon, title: t('bookmarks.noCollectionsTitle') }}
            getKey={(collection) => collection.id}
          >
            {({ id, name }) => (
              <Choice name={name} chosen={current === id} onChoose={() => choose(id)} />
            )}
          </InfiniteList>
          <ThingCollectionDialog
            open={naming}
            onOpenChange={onNamingChange}
            collection={null}
            onNamed={choose}
          />
        </>
      )}
    </QueryState>
  );
}

interface ChoiceProps {
  name: string;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ name, chosen, onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex min-h-12 w-full cursor-pointer items-center gap-3 rounded-lg px-3 text-left hover:bg-accent hover:text-accent-foreground"
    >
      <FolderIcon aria-hidden="true" className="size-5 text-muted-foreground" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {chosen && <CheckIcon aria-hidden="true" className="size-5" />}
    </button>
  );
}
