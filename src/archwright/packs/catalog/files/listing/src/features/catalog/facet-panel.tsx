import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { FacetValues } from './facet-values';
import type { Facets } from './facets';
import { PriceFilter } from './price-filter';
import { clearFilters, countFilters, toggle, type Search } from './product-search';
import { useCurrencyChoice } from './use-currency-choice';

interface FacetPanelProps {
  facets: Facets;
  search: Search;
  onChange: (search: Search) => void;
}

/** All that a search can be narrowed by. */
export function FacetPanel({ facets, search, onChange }: FacetPanelProps) {
  const { t } = useTranslation();
  const currency = useCurrencyChoice();
  const { brands, attributes, min, max } = search;
  const answers = (label: string) => {
    if (label === 'true') return t('catalog.yes');
    return label === 'false' ? t('catalog.no') : label;
  };
  return (
    <div className="flex flex-col gap-6">
      {countFilters(search) > 0 && (
        <Button
          variant="outline"
          size="sm"
          className="self-start"
          onClick={() => onChange(clearFilters(search))}
        >
          {t('catalog.clearFilters')}
        </Button>
      )}
      {facets.brands.length > 0 && (
        <FacetValues
          title={t('catalog.brand')}
          values={facets.brands}
          chosen={brands}
          onToggle={(brand) => onChange({ ...search, brands: toggle(brands, brand) })}
        />
      )}
      {facets.price && currency !== null && (
        <PriceFilter
          key={`${currency}-${min ?? ''}-${max ?? ''}`}
          currency={currency}
          {...facets.price}
          min={min}
          max={max}
          onChange={(range) => onChange({ ...search, ...range })}
        />
      )}
      {facets.attributes.map(({ id, label, kind, values }) => (
        <FacetValues
          key={id}
          title={label}
          values={
            kind === 'boolean'
              ? values.map((value) => ({ ...value, label: answers(value.label) }))
              : values
          }
          chosen={attributes[id] ?? []}
          onToggle={(value) =>
            onChange({
              ...search,
              attributes: { ...attributes, [id]: toggle(attributes[id] ?? [], value) },
            })
          }
        />
      ))}
    </div>
  );
}
