import { zodResolver } from '@hookform/resolvers/zod';
import { TruckIcon } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { SellerPage } from '@/features/stores/seller-page';
import { useChangeShipping, useZones, type Store } from './use-shipping';
import { ZoneCard } from './zone-card';

const schema = z.object({ name: z.string().trim().min(1).max(60) });

function AddZoneForm({ store }: { store: Store }) {
  const { t } = useTranslation();
  const change = useChangeShipping(store);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '' } });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-3"
      onSubmit={(event) =>
        void form.handleSubmit(({ name }) =>
          change.mutate({ kind: 'add-zone', name }, { onSuccess: () => form.reset() }),
        )(event)
      }
    >
      <FormField
        control={form.control}
        name="name"
        label={t('shipping.newZone')}
        hint={t('shipping.zoneHint')}
      >
        {(field) => <Input {...field} maxLength={60} />}
      </FormField>
      <FormError error={change.error} />
      <Button type="submit" variant="secondary" pending={change.isPending} className="self-start">
        {t('shipping.addZone')}
      </Button>
    </form>
  );
}

function Shipping({ store }: { store: Store }) {
  const { t } = useTranslation();
  const zones = useZones(store.id);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <QueryState
        query={zones}
        empty={{
          icon: TruckIcon,
          title: t('shipping.emptyTitle'),
          text: t('shipping.emptyText'),
        }}
      >
        {(found) => found.map((zone) => <ZoneCard key={zone.id} store={store} zone={zone} />)}
      </QueryState>
      <AddZoneForm store={store} />
    </div>
  );
}

/** Where a store sends to, how, and what that costs: for those who manage it. */
export function Component() {
  const { t } = useTranslation();
  return (
    <SellerPage title={t('shipping.title')} roles={['owner', 'manager']}>
      {({ store }) => <Shipping store={store} />}
    </SellerPage>
  );
}
