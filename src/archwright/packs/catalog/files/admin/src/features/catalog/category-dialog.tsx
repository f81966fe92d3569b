import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { slugOf } from '@/features/stores/applications-api';
import type { Category } from './categories-api';
import { CategoryField } from './category-field';
import { useSaveCategory } from './use-category-admin';

const schema = z.object({
  name: z.string().trim().min(1).max(80),
  slug: z
    .string()
    .trim()
    .regex(/^(?=.{2,60}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'catalog.slugForm'),
  parentId: z.string(),
  position: z.coerce.number().int(),
});

interface CategoryDialogProps {
  /** The one to change; null for a new one. */
  category: Category | null;
  /** Where a new one goes. */
  parentId: string | null;
  onClose: () => void;
}

/** A category's name, address and place in the tree. */
export function CategoryDialog({ category, parentId, onClose }: CategoryDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const save = useSaveCategory(category?.id ?? null);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: category?.name ?? '',
      slug: category?.slug ?? '',
      parentId: category?.parent_id ?? parentId ?? '',
      position: category?.position ?? 0,
    },
  });
  const { control } = form;
  const { field: parent } = useController({ control, name: 'parentId' });
  const suggest = () => {
    if (form.getValues('slug') === '') form.setValue('slug', slugOf(form.getValues('name')));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={category ? t('catalog.changeCategory', { name: category.name }) : t('catalog.addCategory')}
      footer={
        <Button type="submit" form={id} pending={save.isPending}>
          {t('catalog.save')}
        </Button>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((input) =>
            save.mutate(
              { ...input, parentId: input.parentId === '' ? null : input.parentId },
              {
                onSuccess: () => {
                  toast.success(t('catalog.saved'));
                  onClose();
                },
              },
            ),
          )(event)
        }
      >
        <FormField control={control} name="name" label={t('catalog.categoryName')}>
          {(field) => (
            <Input
              {...field}
              maxLength={80}
              onBlur={() => {
                field.onBlur();
                suggest();
              }}
            />
          )}
        </FormField>
        <FormField control={control} name="slug" label={t('catalog.categorySlug')} hint={t('catalog.slugHint')}>
          {(field) => <Input {...field} autoCapitalize="none" spellCheck={false} maxLength={60} />}
        </FormField>
        <FormField control={control} name="position" label={t('catalog.position')}>
          {({ value, ...field }) => <Input {...field} value={String(value)} inputMode="numeric" />}
        </FormField>
        <CategoryField
          value={parent.value}
          onChange={parent.onChange}
          label={t('catalog.parent')}
          invalid={false}
        />
        {parent.value !== '' && (
          <Button variant="ghost" className="self-start" onClick={() => parent.onChange('')}>
            {t('catalog.toTop')}
          </Button>
        )}
        <FormError error={save.error} />
      </form>
    </Dialog>
  );
}
