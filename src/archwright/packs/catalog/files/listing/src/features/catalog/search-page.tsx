import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { ProductResults } from './product-results';
import { ProductSearchForm } from './product-search-form';
import { useSearchAddress } from './use-search-address';

/** What words find, everywhere in the market. */
export function Component() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchAddress();
  const { query } = search;
  return (
    <Page
      title={query === '' ? t('catalog.searchTitle') : t('catalog.resultsFor', { query })}
      width="wide"
    >
      <ProductSearchForm key={query} words={query} />
      <ProductResults categoryId={null} search={search} onChange={setSearch} />
    </Page>
  );
}
