import { SlidersHorizontalIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { FacetPanel } from './facet-panel';
import { clearFilters, countFilters, type Search } from './product-search';
import { ProductGrid } from './product-grid';
import { SortSelect } from './sort-select';
import { useFacets, useProductSearch } from './use-catalog';

interface ProductResultsProps {
  categoryId: string | null;
  search: Search;
  onChange: (search: Search) => void;
}

/** What a search finds, with filters beside it: on phones they come up from below. */
export function ProductResults({ categoryId, search, onChange }: ProductResultsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const found = useProductSearch(categoryId, search);
  const { data: facets } = useFacets(categoryId, search);
  const filters = countFilters(search);
  const panel = facets && <FacetPanel facets={facets} search={search} onChange={onChange} />;
  return (
    <div className="flex gap-8">
      <aside aria-label={t('catalog.filters')} className="hidden w-60 shrink-0 lg:block">
        {panel}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="text-sm text-muted-foreground">
            {facets &&
              t(facets.capped ? 'catalog.foundAtLeast' : 'catalog.found', { count: facets.total })}
          </p>
          <div className="flex items-center gap-2">
            <Button variant="outline" className="lg:hidden" onClick={() => setOpen(true)}>
              <SlidersHorizontalIcon aria-hidden="true" />
              {filters > 0 ? t('catalog.filtersSet', { count: filters }) : t('catalog.filters')}
            </Button>
            <SortSelect
              sort={search.sort}
              words={search.query !== ''}
              onSort={(sort) => onChange({ ...search, sort })}
            />
          </div>
        </div>
        <ProductGrid
          query={found}
          label={t('catalog.results')}
          empty={{
            title: t('catalog.nothingFound'),
            text: t('catalog.nothingFoundText'),
            ...(filters > 0 && {
              action: (
                <Button onClick={() => onChange(clearFilters(search))}>
                  {t('catalog.clearFilters')}
                </Button>
              ),
            }),
          }}
        />
      </div>
      <Sheet open={open} onOpenChange={setOpen} title={t('catalog.filters')}>
        {panel}
      </Sheet>
    </div>
  );
}
