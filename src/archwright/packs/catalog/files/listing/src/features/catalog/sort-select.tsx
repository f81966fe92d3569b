import { useTranslation } from 'react-i18next';
import { Select, SelectItem } from '@/components/ui/select';
import { sortings, type Sorting } from './product-search';
import { useCurrencyChoice } from './use-currency-choice';

const keys = {
  relevance: 'catalog.sortRelevance',
  newest: 'catalog.sortNewest',
  price_up: 'catalog.sortPriceUp',
  price_down: 'catalog.sortPriceDown',
} as const;

interface SortSelectProps {
  sort: Sorting;
  /** Without words nothing is more relevant than something else. */
  words: boolean;
  onSort: (sort: Sorting) => void;
}

export function SortSelect({ sort, words, onSort }: SortSelectProps) {
  const { t } = useTranslation();
  const priced = useCurrencyChoice() !== null;
  const offered = sortings.filter(
    (each) => (each !== 'relevance' || words) && (priced || !each.startsWith('price')),
  );
  return (
    <Select
      aria-label={t('catalog.sort')}
      value={offered.includes(sort) ? sort : 'newest'}
      onValueChange={(value) => {
        const chosen = offered.find((each) => each === value);
        if (chosen) onSort(chosen);
      }}
      className="w-48"
    >
      {offered.map((each) => (
        <SelectItem key={each} value={each}>
          {t(keys[each])}
        </SelectItem>
      ))}
    </Select>
  );
}
