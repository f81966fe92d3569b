import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Input } from '@/components/ui/input';
import { Select, SelectItem } from '@/components/ui/select';
import type { Place } from './stock-api';
import { changeKinds, stockSchema } from './stock-schema';
import type { useChangeStock } from './use-stock';

type Fields = z.input<typeof stockSchema>;
type Change = z.output<typeof stockSchema>;
type FormControl = Control<Fields, unknown, Change>;

interface StockFormProps {
  id: string;
  variantId: string;
  places: readonly Place[];
  save: ReturnType<typeof useChangeStock>;
  onSaved: () => void;
}

/** What came, was counted wrong, or is brought elsewhere. */
export function StockForm({ id, variantId, places, save, onSaved }: StockFormProps) {
  const { t } = useTranslation();
  const [key] = useState(() => crypto.randomUUID());
  const form = useForm<Fields, unknown, Change>({
    resolver: zodResolver(stockSchema),
    defaultValues: {
      kind: 'receipt',
      placeId: places[0]?.id ?? '',
      toPlaceId: '',
      quantity: '',
      reason: '',
    },
  });
  const { control } = form;
  const kind = useWatch({ control, name: 'kind' });
  const send = (change: Change) =>
    save.mutate(
      { ...change, variantId, key },
      {
        onSuccess: () => {
          toast.success(t('inventory.changed'));
          onSaved();
        },
      },
    );
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit(send)(event)}
    >
      <FormField control={control} name="kind" label={t('inventory.kind')}>
        {({ onChange, ...field }) => (
          <Select {...field} onValueChange={onChange}>
            {changeKinds.map((choice) => (
              <SelectItem key={choice} value={choice}>
                {t(`inventory.change.${choice}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      <PlaceField
        control={control}
        name="placeId"
        label={t(kind === 'transfer' ? 'inventory.from' : 'inventory.place')}
        places={places}
      />
      {kind === 'transfer' && (
        <PlaceField control={control} name="toPlaceId" label={t('inventory.to')} places={places} />
      )}
      <FormField
        control={control}
        name="quantity"
        label={t('inventory.quantity')}
        {...(kind === 'adjustment' && { hint: t('inventory.adjustHint') })}
      >
        {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
      </FormField>
      {kind === 'adjustment' && (
        <FormField control={control} name="reason" label={t('inventory.reason')}>
          {(field) => <Input {...field} maxLength={200} />}
        </FormField>
      )}
      <FormError error={save.error} />
    </form>
  );
}

interface PlaceFieldProps {
  control: FormControl;
  name: 'placeId' | 'toPlaceId';
  label: string;
  places: readonly Place[];
}

function PlaceField({ control, name, label, places }: PlaceFieldProps) {
  const { t } = useTranslation();
  return (
    <FormField control={control} name={name} label={label}>
      {({ onChange, ...field }) => (
        <Select {...field} onValueChange={onChange} placeholder={t('inventory.choosePlace')}>
          {places.map((place) => (
            <SelectItem key={place.id} value={place.id}>
              {place.name}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
}
