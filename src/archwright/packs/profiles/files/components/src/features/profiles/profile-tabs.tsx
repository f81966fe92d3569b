import type { ParseKeysWithoutVariables } from 'i18next';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { useSession } from '@/lib/session';
import type { Profile } from './profiles-api';

interface ProfileTab {
  value: string;
  labelKey: ParseKeysWithoutVariables;
  Content: ComponentType<{ profile: Profile }>;
  /** Shown on one's own profile only. */
  ownOnly?: boolean;
}

const tabs: readonly ProfileTab[] = [
  /*% slot "profile.tabs" %*/
];

/** What the member has made, by kind. The open tab is part of the address. */
export function ProfileTabs({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const { userId } = useSession();
  const [search, setSearch] = useSearchParams();
  const shown = tabs.filter((tab) => tab.ownOnly !== true || profile.id === userId);
  const open = shown.find((tab) => tab.value === search.get('tab')) ?? shown[0];
  if (!open) return null;
  return (
    <Tabs
      value={open.value}
      onValueChange={(tab) => setSearch({ tab }, { replace: true, preventScrollReset: true })}
    >
      <TabsList aria-label={t('profiles.sections')} className="sm:justify-center">
        {shown.map(({ value, labelKey }) => (
          <TabsTrigger key={value} value={value}>
            {t(labelKey)}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value={open.value}>
        <open.Content profile={profile} />
      </TabsContent>
    </Tabs>
  );
}
