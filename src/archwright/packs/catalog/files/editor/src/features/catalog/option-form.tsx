import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { useAddOption } from './use-editor';

/** Values that are separated by commas, each once. */
export function labelsOf(text: string): string[] {
  const labels = text.split(',').map((label) => label.trim());
  return [...new Set(labels.filter((label) => label !== ''))];
}

const schema = z.object({
  name: z.string().trim().min(1).max(40),
  values: z
    .string()
    .refine((text) => labelsOf(text).length > 0, 'catalog.valuesMissing')
    .refine((text) => labelsOf(text).every((label) => label.length <= 60), 'catalog.valuesLength'),
});

interface OptionFormProps {
  productId: string;
  position: number;
}

/** One more thing that shoppers choose: a size, a colour. */
export function OptionForm({ productId, position }: OptionFormProps) {
  const { t } = useTranslation();
  const add = useAddOption(productId);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '', values: '' } });
  const { control } = form;
  return (
    <form
      noValidate
      aria-label={t('catalog.addOption')}
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit(({ name, values }) =>
          add.mutate(
            { name, labels: labelsOf(values), position },
            { onSuccess: () => form.reset() },
          ),
        )(event)
      }
    >
      <div className="grid gap-4 sm:grid-cols-[1fr_2fr]">
        <FormField control={control} name="name" label={t('catalog.optionName')}>
          {(field) => <Input {...field} maxLength={40} placeholder={t('catalog.optionExample')} />}
        </FormField>
        <FormField control={control} name="values" label={t('catalog.optionValues')}>
          {(field) => <Input {...field} placeholder={t('catalog.valuesExample')} />}
        </FormField>
      </div>
      <FormError error={add.error} />
      <Button type="submit" variant="secondary" pending={add.isPending} className="self-start">
        {t('catalog.addOption')}
      </Button>
    </form>
  );
}
