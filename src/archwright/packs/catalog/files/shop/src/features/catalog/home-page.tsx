import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import { CategoryLinks } from './category-links';
import { ProductGrid } from './product-grid';
import { ProductSearchForm } from './product-search-form';
import { useCategories, useNewestProducts } from './use-catalog';

/** The market's front: where to go, and what is new. */
export function Component() {
  const { t } = useTranslation();
  const categories = useCategories(null);
  const newest = useNewestProducts();
  return (
    <Page title={t('catalog.home')} width="wide" hideTitle>
      <ProductSearchForm />
      <QueryState query={categories} skeleton={<Skeleton className="h-11" />}>
        {(top) => <CategoryLinks categories={top} />}
      </QueryState>
      {/*% slot "home.sections" %*/}
      <section aria-labelledby="newest" className="flex flex-col gap-4">
        <h2 id="newest" className="text-xl font-bold">
          {t('catalog.newest')}
        </h2>
        <ProductGrid
          query={newest}
          label={t('catalog.newest')}
          empty={{ title: t('catalog.nothingYet'), text: t('catalog.nothingYetText') }}
        />
      </section>
    </Page>
  );
}
