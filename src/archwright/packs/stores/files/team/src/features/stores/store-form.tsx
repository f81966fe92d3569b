import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { CountryField } from './country-field';
import type { Store } from './stores-api';
import { useUpdateStore } from './use-stores';

const schema = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(2000),
  country: z.string().length(2, 'stores.countryForm'),
});

/** What the public page of a store says. */
export function StoreForm({ store }: { store: Store }) {
  const { t } = useTranslation();
  const update = useUpdateStore(store.id);
  const { name, description, country, logo_path } = store;
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name, description, country } });
  const { control } = form;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((changes) =>
          update.mutate(
            { ...changes, logo_path },
            {
              onSuccess: () => {
                form.reset(changes);
                toast.success(t('stores.saved'));
              },
            },
          ),
        )(event)
      }
    >
      <FormField control={control} name="name" label={t('stores.name')}>
        {(field) => <Input {...field} maxLength={80} />}
      </FormField>
      <FormField control={control} name="description" label={t('stores.description')} optional>
        {(field) => <Textarea {...field} maxLength={2000} />}
      </FormField>
      <FormField control={control} name="country" label={t('stores.country')}>
        {(field) => <CountryField {...field} />}
      </FormField>
      <FormError error={update.error} />
      <Button type="submit" pending={update.isPending} className="self-start">
        {t('stores.save')}
      </Button>
    </form>
  );
}
