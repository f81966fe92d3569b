import { zodResolver } from '@hookform/resolvers/zod';
import { PercentIcon } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Page } from '@/components/page';
import { QueryState } from '@/components/query-state';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { TaxClassCard } from './tax-class-card';
import { TaxCountries } from './tax-countries';
import { useChangeTaxes, useTaxClasses } from './use-taxes';

const schema = z.object({ name: z.string().trim().min(1).max(60) });

function AddClassForm() {
  const { t } = useTranslation();
  const change = useChangeTaxes();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name: '' } });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-3"
      onSubmit={(event) =>
        void form.handleSubmit(({ name }) =>
          change.mutate({ kind: 'add-class', name }, { onSuccess: () => form.reset() }),
        )(event)
      }
    >
      <FormField control={form.control} name="name" label={t('taxes.newClass')}>
        {(field) => <Input {...field} maxLength={60} />}
      </FormField>
      <FormError error={change.error} />
      <Button type="submit" variant="secondary" pending={change.isPending} className="self-start">
        {t('taxes.addClass')}
      </Button>
    </form>
  );
}

/** What is taxed how, where and since when: for administrators. */
export function Component() {
  const { t } = useTranslation();
  const classes = useTaxClasses();
  return (
    <Page title={t('taxes.title')} text={t('taxes.text')}>
      <QueryState query={classes} empty={{ icon: PercentIcon, title: t('taxes.emptyTitle') }}>
        {(found) => found.map((one) => <TaxClassCard key={one.id} taxClass={one} />)}
      </QueryState>
      <AddClassForm />
      <TaxCountries />
    </Page>
  );
}
