import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldClasses } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { countriesByName } from './store-countries';

/** The browser's own list: phones show it well, and autofill can choose from it. */
export function CountryField({ className, value = '', ...props }: ComponentProps<'select'>) {
  const { t, i18n } = useTranslation();
  return (
    <select value={value} className={cn(fieldClasses, 'h-11 cursor-pointer', className)} {...props}>
      <option value="" disabled>
        {t('stores.chooseCountry')}
      </option>
      {countriesByName(i18n.language, String(value)).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
