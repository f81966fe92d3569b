import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuChoices } from '@/components/ui/dropdown-menu';
import { useCurrencyStore } from './currency-store';
import { useUsedCurrencies } from './use-prices';

/** The currency in which one sees prices; where there is only one, there is nothing to choose. */
export function CurrencyPicker() {
  const { t } = useTranslation();
  const { currency, choose } = useCurrencyStore();
  const { data: used = [] } = useUsedCurrencies();
  if (used.every(({ code }) => code === currency)) return null;
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" aria-label={t('prices.currencyNow', { currency })} className="px-2">
          {currency}
        </Button>
      }
    >
      <DropdownMenuChoices
        value={currency}
        onValueChange={choose}
        choices={used.map(({ code, name }) => ({ value: code, label: `${code} – ${name}` }))}
      />
    </DropdownMenu>
  );
}
