import { EllipsisIcon, PencilIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/dropdown-menu';
import { errorMessage } from '@/lib/errors';
import { ThingCollectionDialog } from './thing-collection-dialog';
import type { ThingCollection } from './thing-collections-api';
import { useDeleteThingCollection } from './use-thing-collections';

/** Renames and deletes a collection. */
export function ThingCollectionMenu({ collection }: { collection: ThingCollection }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const { mutateAsync: remove, isPending } = useDeleteThingCollection();
  const confirm = async () => {
    try {
      await remove(collection.id);
      await navigate('/saved', { replace: true });
    } catch (error) {
      setDialog(null);
      toast.error(errorMessage(error, t));
    }
  };
  const close = () => setDialog(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('bookmarks.menu')}>
            <EllipsisIcon aria-hidden="true" />
          </Button>
        }
      >
        <DropdownMenuItem onSelect={() => setDialog('rename')}>
          <PencilIcon aria-hidden="true" />
          {t('bookmarks.rename')}
        </DropdownMenuItem>
        <DropdownMenuItem destructive onSelect={() => setDialog('delete')}>
          <Trash2Icon aria-hidden="true" />
          {t('bookmarks.delete')}
        </DropdownMenuItem>
      </DropdownMenu>
      <ThingCollectionDialog
        open={dialog === 'rename'}
        onOpenChange={close}
        collection={collection}
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        title={t('bookmarks.deleteTitle')}
        text={t('bookmarks.deleteText')}
        confirmLabel={t('bookmarks.delete')}
        destructive
        pending={isPending}
        onConfirm={() => void confirm()}
      />
    </>
  );
}
