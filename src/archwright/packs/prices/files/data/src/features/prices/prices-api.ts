import { z } from 'zod';
import { supabase } from '@/lib/supabase';

const lowestSchema = z.array(
  z.object({
    currency: z.string(),
    amount: z.number(),
    compare_at: z.number().nullable(),
    several: z.boolean(),
  }),
);

/** What the cheapest variant of a product costs now, in one currency. */
export type LowestPrice = z.output<typeof lowestSchema>[number];

/** The price in the currency that was chosen, else in the store's own, which comes first; null without any. */
export function pickPrice(priceFrom: unknown, currency: string): LowestPrice | null {
  const prices = lowestSchema.safeParse(priceFrom).data ?? [];
  return prices.find((price) => price.currency === currency) ?? prices[0] ?? null;
}

/** What a variant costs now, from a quantity on. */
export interface CurrentPrice {
  variant_id: string;
  minimum_quantity: number;
  price_id: string;
  amount: number;
  compare_at: number | null;
}

export async function fetchCurrentPrices(
  variantIds: readonly string[],
  currency: string,
  signal: AbortSignal,
): Promise<CurrentPrice[]> {
  const { data } = await supabase
    .rpc('current_prices', { p_variants: [...variantIds], p_currency: currency })
    .abortSignal(signal)
    .overrideTypes<CurrentPrice[], { merge: false }>()
    .throwOnError();
  return data;
}

/** The currencies that stores of this market price in. */
export async function fetchUsedCurrencies(signal: AbortSignal) {
  const { data } = await supabase
    .from('currencies')
    .select('code, name')
    .order('code')
    .limit(100)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export interface PriceList {
  id: string;
  name: string;
  currency: string;
  is_default: boolean;
  active: boolean;
}

export async function fetchPriceLists(storeId: string, signal: AbortSignal): Promise<PriceList[]> {
  const { data } = await supabase
    .from('price_lists')
    .select('id, name, currency, is_default, active')
    .eq('store_id', storeId)
    .order('name')
    .limit(100)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** A price as it stands in a list, for the store's team; `during` is a range of PostgreSQL. */
export interface ListedPrice {
  id: string;
  variant_id: string;
  amount: number;
  compare_at: number | null;
  minimum_quantity: number;
}

/** The prices that hold now, of these variants in one list. */
export async function fetchListedPrices(
  listId: string,
  variantIds: readonly string[],
  signal: AbortSignal,
): Promise<ListedPrice[]> {
  const { data } = await supabase
    .from('prices')
    .select('id, variant_id, amount, compare_at, minimum_quantity')
    .eq('price_list_id', listId)
    .in('variant_id', variantIds)
    .contains('during', `[${new Date().toISOString()},${new Date().toISOString()}]`)
    .order('minimum_quantity')
    .limit(500)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export interface PriceInput {
  listId: string;
  variantId: string;
  amount: number;
  compareAt: number | null;
  minimumQuantity: number;
}

/** From now on a variant costs that; what it cost before is kept on record. */
export async function setPrice(input: PriceInput): Promise<void> {
  await supabase
    .rpc('set_price', {
      p_list: input.listId,
      p_variant: input.variantId,
      p_amount: input.amount,
      ...(input.compareAt !== null && { p_compare_at: input.compareAt }),
      p_minimum_quantity: input.minimumQuantity,
    })
    .throwOnError();
}

export async function addPriceList(storeId: string, currency: string): Promise<void> {
  await supabase
    .rpc('add_price_list', { p_store: storeId, p_name: currency, p_currency: currency })
    .throwOnError();
}
