import { HistoryIcon, SearchIcon, XIcon } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { useRecentSearchesStore } from './recent-searches-store';

interface SearchDiscoverProps {
  onSearch: (query: string) => void;
}

function RecentSearches({ onSearch }: SearchDiscoverProps) {
  const { t } = useTranslation();
  const id = useId();
  const { queries, forget, forgetAll } = useRecentSearchesStore();
  if (queries.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 id={id} className="text-lg font-semibold">
          {t('search.recent')}
        </h2>
        <Button variant="link" onClick={forgetAll}>
          {t('search.forgetAll')}
        </Button>
      </div>
      <ul className="flex flex-col">
        {queries.map((query) => (
          <li key={query} className="flex items-center gap-2">
            <Button
              variant="ghost"
              className="min-w-0 flex-1 justify-start rounded-xl"
              onClick={() => onSearch(query)}
            >
              <HistoryIcon aria-hidden="true" className="text-muted-foreground" />
              <span className="truncate">{query}</span>
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('search.forget', { query })}
              onClick={() => forget(query)}
            >
              <XIcon aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the page offers while nothing is searched for. */
export function SearchDiscover({ onSearch }: SearchDiscoverProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-8">
      <RecentSearches onSearch={onSearch} />
      {/*% slot "search.discover" %*/}
      <EmptyState icon={SearchIcon} title={t('search.start')} text={t('search.startText')} />
    </div>
  );
}
