import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useController, useForm, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Checkbox } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { addressSchema, formValues } from './address-schema';
import type { Address } from './addresses-api';
import { likelyCountry } from './countries';
import { CountrySelect } from './country-select';
import { useSaveAddress } from './use-addresses';

type Fields = z.input<typeof addressSchema>;
type Saved = z.output<typeof addressSchema>;
type FormControl = Control<Fields, unknown, Saved>;

interface AddressFormProps {
  /** For the button that sends it, which may stand elsewhere. */
  id: string;
  /** The one to change; null for a new one. */
  address: Address | null;
  save: ReturnType<typeof useSaveAddress>;
  onSaved: () => void;
}

/** Where something is to go: the fields in the order in which browsers fill them. */
export function AddressForm({ id, address, save, onSaved }: AddressFormProps) {
  const { t } = useTranslation();
  const form = useForm<Fields, unknown, Saved>({
    resolver: zodResolver(addressSchema),
    defaultValues: formValues(address, likelyCountry(navigator.language)),
  });
  const { control } = form;
  const send = (input: Saved) =>
    save.mutate({ id: address?.id ?? null, ...input }, { onSuccess: onSaved });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        // a checkout may show it in a dialog above a form of its own
        event.stopPropagation();
        void form.handleSubmit(send)(event);
      }}
    >
      <FormField control={control} name="country" label={t('addresses.country')}>
        {(field) => <CountrySelect {...field} autoComplete="country" />}
      </FormField>
      <FormField control={control} name="name" label={t('addresses.name')}>
        {(field) => <Input {...field} maxLength={80} autoComplete="name" />}
      </FormField>
      <FormField control={control} name="line1" label={t('addresses.line1')}>
        {(field) => <Input {...field} maxLength={120} autoComplete="address-line1" />}
      </FormField>
      <FormField control={control} name="line2" label={t('addresses.line2')} optional>
        {(field) => <Input {...field} maxLength={120} autoComplete="address-line2" />}
      </FormField>
      <PlaceFields control={control} />
      <FormField
        control={control}
        name="phone"
        label={t('addresses.phone')}
        hint={t('addresses.phoneHint')}
        optional
      >
        {(field) => <Input {...field} type="tel" maxLength={24} autoComplete="tel" />}
      </FormField>
      {address === null && (
        <>
          <DefaultBox control={control} name="default_shipping" label={t('addresses.makeShipping')} />
          <DefaultBox control={control} name="default_billing" label={t('addresses.makeBilling')} />
        </>
      )}
      <FormError error={save.error} />
    </form>
  );
}

function PlaceFields({ control }: { control: FormControl }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_2fr]">
        <FormField control={control} name="postal_code" label={t('addresses.postalCode')}>
          {(field) => <Input {...field} maxLength={16} autoComplete="postal-code" />}
        </FormField>
        <FormField control={control} name="city" label={t('addresses.city')}>
          {(field) => <Input {...field} maxLength={80} autoComplete="address-level2" />}
        </FormField>
      </div>
      <FormField control={control} name="region" label={t('addresses.region')} optional>
        {(field) => <Input {...field} maxLength={80} autoComplete="address-level1" />}
      </FormField>
    </>
  );
}

interface DefaultBoxProps {
  control: FormControl;
  name: 'default_shipping' | 'default_billing';
  label: string;
}

function DefaultBox({ control, name, label }: DefaultBoxProps) {
  const id = useId();
  const {
    field: { ref, value, onChange },
  } = useController({ control, name });
  return (
    <div className="flex min-h-11 items-center gap-3">
      <Checkbox id={id} ref={ref} checked={value} onCheckedChange={onChange} />
      <Label htmlFor={id}>{label}</Label>
    </div>
  );
}
