import { PlusIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { Button } from '@/components/ui/button';
import { CategoryBranch } from './category-branch';
import { CategoryDialog } from './category-dialog';

/** The tree of categories, for administrators. */
export function Component() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('catalog.categories')}
      actions={
        <Button onClick={() => setAdding(true)}>
          <PlusIcon aria-hidden="true" />
          {t('catalog.addCategory')}
        </Button>
      }
    >
      <CategoryBranch parentId={null} label={t('catalog.categories')} />
      {adding && (
        <CategoryDialog category={null} parentId={null} onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}
