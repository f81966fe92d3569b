import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldClasses } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { countriesByName } from './countries';

/** One of all countries. The browser's own list: phones show it well, and autofill can choose from it. */
export function CountrySelect({ className, ...props }: ComponentProps<'select'>) {
  const { t, i18n } = useTranslation();
  return (
    <select className={cn(fieldClasses, 'h-11 cursor-pointer', className)} {...props}>
      <option value="" disabled>
        {t('addresses.chooseCountry')}
      </option>
      {countriesByName(i18n.language).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
