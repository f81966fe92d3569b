import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/route-error';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { Category } from './categories-api';
import { CategoryLinks } from './category-links';
import { ProductResults } from './product-results';
import { Trail } from './trail';
import { useCategories, useCategory } from './use-catalog';
import { useSearchAddress } from './use-search-address';

function CategoryContent({ category }: { category: Category }) {
  const { data: below = [] } = useCategories(category.id);
  const [search, setSearch] = useSearchAddress();
  return (
    <Page title={category.name} width="wide">
      <Trail categoryId={category.id} here />
      {below.length > 0 && <CategoryLinks categories={below} />}
      <ProductResults categoryId={category.id} search={search} onChange={setSearch} />
    </Page>
  );
}

/** One category with all that lies below it. */
export function Component() {
  const { t } = useTranslation();
  const { slug = '' } = useParams();
  const category = useCategory(slug);
  if (category.data === null) return <NotFound />;
  if (category.data) return <CategoryContent key={slug} category={category.data} />;
  return (
    <Page title={t('catalog.category')} width="wide" hideTitle>
      <QueryState query={category} skeleton={<Skeleton className="h-9 max-w-xs" />}>
        {() => null}
      </QueryState>
    </Page>
  );
}
