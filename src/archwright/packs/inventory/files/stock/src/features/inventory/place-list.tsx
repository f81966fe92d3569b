import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { CountryField } from '@/features/stores/country-field';
import { countryName } from '@/features/stores/store-countries';
import type { Store } from '@/features/stores/stores-api';
import type { Place } from './stock-api';
import { useAddPlace, useSetPlaceActive } from './use-stock';

const schema = z.object({
  name: z.string().trim().min(1).max(60),
  country: z.string().length(2, 'inventory.countryForm'),
});

function PlaceRow({ place, mayManage }: { place: Place; mayManage: boolean }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { mutate } = useSetPlaceActive();
  return (
    <div className="flex min-h-14 items-center justify-between gap-4 py-2">
      <Label htmlFor={id} className="flex min-w-0 flex-col items-start gap-0 break-words">
        {place.name}
        <span className="font-normal text-muted-foreground">
          {countryName(place.country, i18n.language)}
        </span>
      </Label>
      <div className="flex items-center gap-2 text-sm">
        <span aria-hidden="true">{t(place.active ? 'inventory.sells' : 'inventory.rests')}</span>
        <Switch
          id={id}
          checked={place.active}
          disabled={!mayManage}
          onCheckedChange={(active) => mutate({ id: place.id, active })}
        />
      </div>
    </div>
  );
}

function AddPlaceForm({ store }: { store: Store }) {
  const { t } = useTranslation();
  const add = useAddPlace(store.id);
  const defaultValues = { name: '', country: store.country };
  const form = useForm({ resolver: zodResolver(schema), defaultValues });
  return (
    <form
      noValidate
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((place) =>
          add.mutate(place, { onSuccess: () => form.reset(defaultValues) }),
        )(event)
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={form.control} name="name" label={t('inventory.newPlace')}>
          {(field) => <Input {...field} maxLength={60} />}
        </FormField>
        <FormField control={form.control} name="country" label={t('inventory.country')}>
          {(field) => <CountryField {...field} />}
        </FormField>
      </div>
      <FormError error={add.error} />
      <Button type="submit" variant="secondary" pending={add.isPending} className="self-start">
        {t('inventory.addPlace')}
      </Button>
    </form>
  );
}

interface PlaceListProps {
  store: Store;
  places: readonly Place[];
  mayManage: boolean;
}

/** Where a store keeps what it sells: from a place that rests, nothing is sold. */
export function PlaceList({ store, places, mayManage }: PlaceListProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-6">
      <ul aria-label={t('inventory.places')} className="max-w-xl divide-y">
        {places.map((place) => (
          <li key={place.id}>
            <PlaceRow place={place} mayManage={mayManage} />
          </li>
        ))}
      </ul>
      {mayManage && <AddPlaceForm store={store} />}
    </div>
  );
}
