import { zodResolver } from '@hookform/resolvers/zod';
import { PlusIcon, Trash2Icon } from 'lucide-react';
import { useMemo } from 'react';
import { useFieldArray, useForm, useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select, SelectItem } from '@/components/ui/select';
import { methodFields, methodSchema } from './method-schema';
import type { Method, MethodInput } from './shipping-api';

type Schema = ReturnType<typeof methodSchema>;
type Fields = z.input<Schema>;
type FormControl = Control<Fields, unknown, z.output<Schema>>;

interface MethodFormProps {
  id: string;
  currency: string;
  method: Method | null;
  error: Error | null;
  onSave: (input: MethodInput) => void;
}

/** How something is sent: how long it takes, and what it costs from which weight or amount on. */
export function MethodForm({ id, currency, method, error, onSave }: MethodFormProps) {
  const { t } = useTranslation();
  const schema = useMemo(() => methodSchema(currency), [currency]);
  const form = useForm<Fields, unknown, z.output<Schema>>({
    resolver: zodResolver(schema),
    defaultValues: methodFields(method),
  });
  const { control } = form;
  const basis = useWatch({ control, name: 'basis' });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit(onSave)(event)}
    >
      <FormField control={control} name="name" label={t('shipping.methodName')}>
        {(field) => <Input {...field} maxLength={60} />}
      </FormField>
      <div className="grid grid-cols-2 gap-4">
        <FormField control={control} name="min_days" label={t('shipping.minDays')}>
          {(field) => <Input {...field} inputMode="numeric" maxLength={2} />}
        </FormField>
        <FormField control={control} name="max_days" label={t('shipping.maxDays')}>
          {(field) => <Input {...field} inputMode="numeric" maxLength={2} />}
        </FormField>
      </div>
      <FormField
        control={control}
        name="basis"
        label={t('shipping.basis')}
        {...(method && { hint: t('shipping.basisStays') })}
      >
        {({ onChange, ...field }) => (
          <Select {...field} onValueChange={onChange} disabled={method !== null}>
            <SelectItem value="weight">{t('shipping.byWeight')}</SelectItem>
            <SelectItem value="amount">{t('shipping.byAmount')}</SelectItem>
          </Select>
        )}
      </FormField>
      <Steps control={control} unit={basis === 'weight' ? t('shipping.gram') : currency} currency={currency} />
      <FormField
        control={control}
        name="at_most"
        label={t('shipping.atMost', { unit: basis === 'weight' ? t('shipping.gram') : currency })}
        optional
      >
        {(field) => <Input {...field} inputMode="decimal" />}
      </FormField>
      <FormError error={error} />
    </form>
  );
}

interface StepsProps {
  control: FormControl;
  /** Of what a step is from: grams, or the currency. */
  unit: string;
  currency: string;
}

function Steps({ control, unit, currency }: StepsProps) {
  const { t } = useTranslation();
  const { fields, append, remove } = useFieldArray({ control, name: 'steps' });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{t('shipping.steps')}</legend>
      {fields.map((step, index) => (
        <div key={step.id} className="grid grid-cols-[1fr_1fr_2.75rem] items-start gap-2">
          <FormField control={control} name={`steps.${index}.from`} label={t('shipping.from', { unit })}>
            {(field) => <Input {...field} inputMode="decimal" />}
          </FormField>
          <FormField
            control={control}
            name={`steps.${index}.costs`}
            label={t('shipping.costs', { currency })}
          >
            {(field) => <Input {...field} inputMode="decimal" />}
          </FormField>
          <Button
            variant="ghost"
            size="icon"
            className="mt-7"
            disabled={fields.length === 1}
            aria-label={t('shipping.removeStep', { number: index + 1 })}
            onClick={() => remove(index)}
          >
            <Trash2Icon aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button
        variant="outline"
        size="sm"
        className="self-start"
        onClick={() => append({ from: '', costs: '' })}
      >
        <PlusIcon aria-hidden="true" />
        {t('shipping.addStep')}
      </Button>
    </fieldset>
  );
}
