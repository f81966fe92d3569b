import { zodResolver } from '@hookform/resolvers/zod';
import { useMemo, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Input } from '@/components/ui/input';
import { Select, SelectItem } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { emptyPromotion, promotionKinds, promotionSchema } from './promotion-schema';
import type { PromotionInput } from './promotions-api';

type Schema = ReturnType<typeof promotionSchema>;
type Fields = z.input<Schema>;
type Output = z.output<Schema>;

interface PromotionFormProps {
  id: string;
  currency: string;
  error: Error | null;
  onSave: (input: PromotionInput) => void;
}

/** What is given off, to whom, and until when. */
export function PromotionForm({ id, currency, error, onSave }: PromotionFormProps) {
  const { t } = useTranslation();
  const [key] = useState(() => crypto.randomUUID());
  const schema = useMemo(() => promotionSchema(currency), [currency]);
  const form = useForm<Fields, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues: emptyPromotion,
  });
  const { control } = form;
  const kind = useWatch({ control, name: 'kind' });
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((values) => onSave({ id: key, ...values }))(event)
      }
    >
      <FormField control={control} name="name" label={t('promotions.name')}>
        {(field) => <Input {...field} maxLength={80} />}
      </FormField>
      <FormField control={control} name="kind" label={t('promotions.kind')}>
        {({ onChange, ...field }) => (
          <Select {...field} onValueChange={onChange}>
            {promotionKinds.map((choice) => (
              <SelectItem key={choice} value={choice}>
                {t(`promotions.kinds.${choice}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      {kind !== 'free_shipping' && (
        <FormField
          control={control}
          name="value"
          label={kind === 'percentage' ? t('promotions.percent') : t('promotions.amount', { currency })}
        >
          {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
        </FormField>
      )}
      <FormField
        control={control}
        name="minimum"
        label={t('promotions.minimum', { currency })}
        optional
      >
        {(field) => <Input {...field} inputMode="decimal" autoComplete="off" />}
      </FormField>
      <FormField
        control={control}
        name="code"
        label={t('promotions.code')}
        hint={t('promotions.codeHint')}
        optional
      >
        {(field) => <Input {...field} maxLength={40} autoComplete="off" />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={control} name="days" label={t('promotions.days')} optional>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
        </FormField>
        <FormField control={control} name="most" label={t('promotions.most')} optional>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
        </FormField>
      </div>
      <FormField
        control={control}
        name="stackable"
        label={t('promotions.stackable')}
        hint={t('promotions.stackableHint')}
      >
        {({ onChange, value, ref, ...field }) => (
          <Switch {...field} ref={ref} checked={value} onCheckedChange={onChange} />
        )}
      </FormField>
      <FormError error={error} />
    </form>
  );
}
