import { zodResolver } from '@hookform/resolvers/zod';
import { useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { CategoryField } from './category-field';
import type { ProductInput } from './editor-api';

const schema = z.object({
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().max(10_000),
  categoryId: z.string().min(1),
  brand: z.string().trim().max(80),
});

interface ProductFormProps {
  values: ProductInput;
  saveLabel: string;
  error: unknown;
  pending: boolean;
  onSave: (input: ProductInput) => void;
}

/** What a product is: its title, where it belongs, whose make it is, and what is said of it. */
export function ProductForm({ values, saveLabel, error, pending, onSave }: ProductFormProps) {
  const { t } = useTranslation();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: values });
  const { control } = form;
  const { field: category, fieldState } = useController({ control, name: 'categoryId' });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit(onSave)(event)}
    >
      <FormField control={control} name="title" label={t('catalog.title')}>
        {(field) => <Input {...field} maxLength={200} />}
      </FormField>
      <CategoryField
        label={t('catalog.category')}
        value={category.value}
        onChange={category.onChange}
        invalid={fieldState.error !== undefined}
      />
      <FormField
        control={control}
        name="brand"
        label={t('catalog.brand')}
        hint={t('catalog.brandHint')}
        optional
      >
        {(field) => <Input {...field} maxLength={80} />}
      </FormField>
      <FormField control={control} name="description" label={t('catalog.description')} optional>
        {(field) => <Textarea {...field} rows={6} maxLength={10_000} />}
      </FormField>
      <FormError error={error} />
      <Button type="submit" pending={pending} className="self-start">
        {saveLabel}
      </Button>
    </form>
  );
}
