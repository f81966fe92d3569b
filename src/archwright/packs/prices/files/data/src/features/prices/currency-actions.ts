import type { CurrencyState } from './currency-store';

export const currencyActions = (
  set: (change: Partial<CurrencyState>) => void,
  _get: () => CurrencyState,
) => ({
  choose: (currency: string) => set({ currency }),
});
