/*% if has('prices') %*/
import { useCurrencyStore } from '@/features/prices/currency-store';

/** The currency in which the shopper sees prices. */
export function useCurrencyChoice(): string | null {
  return useCurrencyStore().currency;
}
/*% else %*/
/** Without prices there is no currency to choose. */
export function useCurrencyChoice(): string | null {
  return null;
}
/*% endif %*/
