import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCurrencyStore } from './currency-store';
import {
  addPriceList,
  fetchCurrentPrices,
  fetchListedPrices,
  fetchPriceLists,
  fetchUsedCurrencies,
  setPrice,
  type PriceInput,
} from './prices-api';

export function useUsedCurrencies() {
  return useQuery({
    queryKey: ['currencies', 'used'],
    queryFn: ({ signal }) => fetchUsedCurrencies(signal),
  });
}

/** What a variant costs now, in the currency that was chosen, else in another one it is offered in. */
export function useCurrentPrices(variantId: string, fallback: string | null) {
  const { currency } = useCurrencyStore();
  return useQuery({
    queryKey: ['prices', 'current', variantId, currency, fallback],
    queryFn: async ({ signal }) => {
      const prices = await fetchCurrentPrices([variantId], currency, signal);
      if (prices.length > 0 || fallback === null || fallback === currency) {
        return { currency, prices };
      }
      const others = await fetchCurrentPrices([variantId], fallback, signal);
      return { currency: fallback, prices: others };
    },
  });
}

export function usePriceLists(storeId: string) {
  return useQuery({
    queryKey: ['price_lists', storeId],
    queryFn: ({ signal }) => fetchPriceLists(storeId, signal),
  });
}

export function useListedPrices(listId: string, variantIds: readonly string[]) {
  return useQuery({
    queryKey: ['prices', 'listed', listId, variantIds],
    queryFn: ({ signal }) => fetchListedPrices(listId, variantIds, signal),
  });
}

function useChange<Input>(mutationFn: (input: Input) => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await Promise.all(
        ['prices', 'price_lists', 'products'].map((table) =>
          client.invalidateQueries({ queryKey: [table] }),
        ),
      );
    },
  });
}

export function useSetPrice() {
  return useChange((input: PriceInput) => setPrice(input));
}


export function useAddPriceList(storeId: string) {
  return useChange((currency: string) => addPriceList(storeId, currency));
}
