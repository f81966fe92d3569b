import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { CountryField } from '@/features/stores/country-field';
import { rateSchema, today } from './rate-schema';
import { useChangeTaxes } from './use-taxes';

type Fields = z.input<typeof rateSchema>;
type Rate = z.output<typeof rateSchema>;

/** From a day on, what a class is taxed with somewhere; what was in force there ends the day before. */
export function RateForm({ classId }: { classId: string }) {
  const { t } = useTranslation();
  const change = useChangeTaxes();
  const [defaultValues] = useState(() => ({
    country: '',
    region: '',
    rate: '',
    from: today(new Date()),
  }));
  const form = useForm<Fields, unknown, Rate>({
    resolver: zodResolver(rateSchema),
    defaultValues,
  });
  const { control } = form;
  const save = (input: Rate) =>
    change.mutate(
      { kind: 'rate', classId, input },
      { onSuccess: () => form.reset({ ...defaultValues, country: input.country }) },
    );
  return (
    <form
      noValidate
      aria-label={t('taxes.newRate')}
      className="flex flex-col gap-4 border-t pt-5"
      onSubmit={(event) => void form.handleSubmit(save)(event)}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={control} name="country" label={t('taxes.country')}>
          {(field) => <CountryField {...field} />}
        </FormField>
        <FormField control={control} name="region" label={t('taxes.region')} optional>
          {(field) => <Input {...field} maxLength={80} />}
        </FormField>
        <FormField control={control} name="rate" label={t('taxes.percent')}>
          {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
        </FormField>
        <FormField control={control} name="from" label={t('taxes.from')}>
          {(field) => <Input {...field} type="date" />}
        </FormField>
      </div>
      <FormError error={change.error} />
      <Button type="submit" variant="secondary" pending={change.isPending} className="self-start">
        {t('taxes.setRate')}
      </Button>
    </form>
  );
}
