import type { ParseKeysWithoutVariables } from 'i18next';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { Store } from './stores-api';

interface StoreTab {
  value: string;
  labelKey: ParseKeysWithoutVariables;
  Content: ComponentType<{ store: Store }>;
}

const tabs: readonly StoreTab[] = [
  /*% slot "store.tabs" %*/
];

/** What a store shows to shoppers, by kind. The open tab is part of the address. */
export function StoreTabs({ store }: { store: Store }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const open = tabs.find((tab) => tab.value === search.get('tab')) ?? tabs[0];
  if (!open) return null;
  return (
    <Tabs
      value={open.value}
      onValueChange={(tab) => setSearch({ tab }, { replace: true, preventScrollReset: true })}
    >
      <TabsList aria-label={t('stores.sections')}>
        {tabs.map(({ value, labelKey }) => (
          <TabsTrigger key={value} value={value}>
            {t(labelKey)}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value={open.value}>
        <open.Content store={store} />
      </TabsContent>
    </Tabs>
  );
}
