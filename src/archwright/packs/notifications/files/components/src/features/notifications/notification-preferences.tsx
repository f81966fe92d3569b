import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '@/components/query-state';
import { SectionCard } from '@/components/section-card';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { families, type Family } from './notification-kinds';
import { useOptOuts, useSetWanted } from './use-notification-preferences';

interface FamilySwitchProps {
  family: Family;
  wanted: boolean;
}

function FamilySwitch({ family, wanted }: FamilySwitchProps) {
  const { t } = useTranslation();
  const id = useId();
  const { mutate } = useSetWanted();
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <Label htmlFor={id}>{t(family.textKey)}</Label>
      <Switch
        id={id}
        checked={wanted}
        onCheckedChange={(checked) => mutate({ kinds: family.kinds, wanted: checked })}
      />
    </div>
  );
}

/** A part of the settings: what the member wants to be told about. */
export function NotificationPreferences() {
  const { t } = useTranslation();
  const query = useOptOuts();
  const all = families();
  return (
    <SectionCard
      id="notifications"
      title={t('notifications.preferences')}
      text={t(all.length > 0 ? 'notifications.preferencesText' : 'notifications.preferencesEmpty')}
    >
      <QueryState query={query}>
        {(optOuts) => (
          <div className="flex flex-col gap-1">
            {all.map((family) => (
              <FamilySwitch
                key={family.name}
                family={family}
                wanted={!family.kinds.every((kind) => optOuts.includes(kind))}
              />
            ))}
          </div>
        )}
      </QueryState>
    </SectionCard>
  );
}
