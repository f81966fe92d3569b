import type { ParseKeysWithoutVariables } from 'i18next';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '@/components/page';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
//% for t in targets
//% if t.built.components
import { /*= t.pascal|ident =*/SearchResults } from './/*= t.kebab =*/-search-results';
//% endif
//% endfor
import { useRecentSearchesStore } from './recent-searches-store';
import { SearchDiscover } from './search-discover';
import { SearchField } from './search-field';

interface SearchTab {
  value: string;
  labelKey: ParseKeysWithoutVariables;
  Results: ComponentType<{ query: string }>;
}

const tabs: readonly SearchTab[] = [
//% for t in targets
//% if t.built.components
//% if t.table == 'profiles'
  { value: 'people', labelKey: 'search.people', Results: /*= t.pascal|ident =*/SearchResults },
//% else
  { value: '/*= t.kebabs =*/', labelKey: 'search./*= t.snake =*/.tab', Results: /*= t.pascal|ident =*/SearchResults },
//% endif
//% endif
//% endfor
];

interface ResultsProps {
  query: string;
  tab: string | null;
  onTab: (tab: string) => void;
}

function Results({ query, tab, onTab }: ResultsProps) {
  const { t } = useTranslation();
  const open = tabs.find(({ value }) => value === tab) ?? tabs[0];
  if (!open) return null;
  return (
    <Tabs value={open.value} onValueChange={onTab}>
      <TabsList aria-label={t('search.tabs')}>
        {tabs.map(({ value, labelKey }) => (
          <TabsTrigger key={value} value={value}>
            {t(labelKey)}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value={open.value}>
        <open.Results query={query} />
      </TabsContent>
    </Tabs>
  );
}

/** Search: the words and the open tab are part of the address. */
export function Component() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { remember } = useRecentSearchesStore();
  const query = address.get('q')?.trim() ?? '';
  const change = (name: 'q' | 'tab', value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  const search = (words: string, done: boolean) => {
    change('q', words);
    if (done && words !== '') remember(words);
  };
  return (
    <Page title={t('search.title')} hideTitle>
      <SearchField value={query} onSearch={search} />
      {query === '' ? (
        <SearchDiscover onSearch={(words) => search(words, true)} />
      ) : (
        <Results query={query} tab={address.get('tab')} onTab={(tab) => change('tab', tab)} />
      )}
    </Page>
  );
}
