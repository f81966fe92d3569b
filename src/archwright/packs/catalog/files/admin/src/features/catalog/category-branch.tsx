import { PencilIcon, PlusIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { EmptyState, ErrorState, LoadingState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { errorMessage } from '@/lib/errors';
import type { Category } from './categories-api';
import { CategoryDialog } from './category-dialog';
import { useCategories } from './use-catalog';
import { useDeleteCategory } from './use-category-admin';

function CategoryRow({ category }: { category: Category }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'add' | 'change' | 'delete' | null>(null);
  const remove = useDeleteCategory();
  const { id, name } = category;
  const close = () => setDialog(null);
  return (
    <>
      <div className="flex items-center gap-1 py-1">
        <Button
          variant="ghost"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-w-0 flex-1 justify-start"
        >
          <span className="truncate">{name}</span>
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('catalog.addBelow', { name })}
          onClick={() => setDialog('add')}
        >
          <PlusIcon aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('catalog.changeCategory', { name })}
          onClick={() => setDialog('change')}
        >
          <PencilIcon aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('catalog.deleteCategory', { name })}
          onClick={() => setDialog('delete')}
        >
          <Trash2Icon aria-hidden="true" />
        </Button>
      </div>
      {open && (
        <div className="border-l pl-3">
          <CategoryBranch parentId={id} label={name} />
        </div>
      )}
      {(dialog === 'add' || dialog === 'change') && (
        <CategoryDialog
          category={dialog === 'change' ? category : null}
          parentId={id}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        title={t('catalog.deleteCategory', { name })}
        text={t('catalog.deleteCategoryText')}
        confirmLabel={t('catalog.delete')}
        destructive
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutate(id, {
            onError: (error) => toast.error(errorMessage(error, t)),
            onSettled: close,
          })
        }
      />
    </>
  );
}

interface CategoryBranchProps {
  parentId: string | null;
  label: string;
}

/** The categories right below another one; each opens what lies below it. */
export function CategoryBranch({ parentId, label }: CategoryBranchProps) {
  const { t } = useTranslation();
  const query = useCategories(parentId);
  if (query.isPending) return <LoadingState />;
  if (query.data === undefined) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data.length === 0) {
    return parentId === null ? (
      <EmptyState title={t('catalog.noCategories')} />
    ) : (
      <p className="py-3 text-sm text-muted-foreground">{t('catalog.nothingBelow')}</p>
    );
  }
  return (
    <ul aria-label={label} className="divide-y">
      {query.data.map((category) => (
        <li key={category.id}>
          <CategoryRow category={category} />
        </li>
      ))}
    </ul>
  );
}
