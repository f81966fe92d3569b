import type { ParseKeysWithoutVariables } from 'i18next';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '@/components/page';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';

interface FeedTab {
  value: string;
  labelKey: ParseKeysWithoutVariables;
  Content: ComponentType;
}

const tabs: readonly FeedTab[] = [
  /*% slot "feed.tabs" %*/
];

/** The start of the app: videos, one on screen at a time. The open tab is part of the address. */
export function Component() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const open = tabs.find((tab) => tab.value === search.get('tab')) ?? tabs[0];
  if (!open) return null;
  return (
    <Page title={t('feed.title')} width="bleed" hideTitle className="gap-0">
      <Tabs
        value={open.value}
        onValueChange={(tab) => setSearch({ tab }, { replace: true, preventScrollReset: true })}
        className="relative h-page gap-0"
      >
        {tabs.length > 1 && (
          <TabsList aria-label={t('feed.tabs')} className="justify-center">
            {tabs.map(({ value, labelKey }) => (
              <TabsTrigger key={value} value={value}>
                {t(labelKey)}
              </TabsTrigger>
            ))}
          </TabsList>
        )}
        <TabsContent value={open.value} className="min-h-0 flex-1">
          <open.Content />
        </TabsContent>
      </Tabs>
    </Page>
  );
}
