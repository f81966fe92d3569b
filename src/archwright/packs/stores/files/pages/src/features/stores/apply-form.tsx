import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormError } from '@/components/form-error';
import { FormField } from '@/components/form-field';
import { Button } from '@/components/ui/button';
import { fieldClasses, Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { cn } from '@/lib/cn';
import { slugOf } from './applications-api';
import { applySchema } from './apply-schema';
import { CountryField } from './country-field';
import { useApplyForStore, useCurrencies } from './use-applications';

const blank = { name: '', slug: '', country: '', currency: '', about: '' };

/** The wish for a store of one's own; an administrator decides. */
export function ApplyForm() {
  const { t } = useTranslation();
  const title = useId();
  const currencies = useCurrencies();
  const apply = useApplyForStore();
  const form = useForm({ resolver: zodResolver(applySchema), defaultValues: blank });
  const { control } = form;
  const suggest = () => {
    if (form.getValues('slug') === '') form.setValue('slug', slugOf(form.getValues('name')));
  };
  return (
    <form
      noValidate
      aria-labelledby={title}
      className="flex flex-col gap-4"
      onSubmit={(event) =>
        void form.handleSubmit((input) =>
          apply.mutate(input, { onSuccess: () => toast.success(t('stores.applied')) }),
        )(event)
      }
    >
      <div className="flex flex-col gap-1">
        <h2 id={title} className="text-lg font-bold">
          {t('stores.applyTitle')}
        </h2>
        <p className="text-muted-foreground">{t('stores.applyText')}</p>
      </div>
      <FormField control={control} name="name" label={t('stores.name')}>
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
      <FormField control={control} name="slug" label={t('stores.slug')} hint={t('stores.slugHint')}>
        {(field) => <Input {...field} autoCapitalize="none" spellCheck={false} maxLength={40} />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField control={control} name="country" label={t('stores.country')}>
          {(field) => <CountryField {...field} autoComplete="country" />}
        </FormField>
        <FormField control={control} name="currency" label={t('stores.currency')}>
          {(field) => (
            <select {...field} className={cn(fieldClasses, 'h-11 cursor-pointer')}>
              <option value="" disabled>
                {t('stores.chooseCurrency')}
              </option>
              {currencies.data?.map(({ code, name }) => (
                <option key={code} value={code}>
                  {`${code} – ${name}`}
                </option>
              ))}
            </select>
          )}
        </FormField>
      </div>
      <FormField control={control} name="about" label={t('stores.about')} hint={t('stores.aboutHint')}>
        {(field) => <Textarea {...field} maxLength={2000} />}
      </FormField>
      <FormError error={currencies.error ?? apply.error} />
      <Button type="submit" pending={apply.isPending} className="self-start">
        {t('stores.apply')}
      </Button>
    </form>
  );
}
