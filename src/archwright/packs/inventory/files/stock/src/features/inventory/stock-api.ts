import type { Enums } from '@/lib/database.types';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

/** What a store sells, the newest first, with how many lie where. */
export async function fetchStock(storeId: string, cursor: Cursor | null, signal: AbortSignal) {
  const query = supabase
    .from('variants')
    .select(
      'id, created_at, sku, title, product:products!variants_product_id_store_id_fkey(title), levels:stock_levels!stock_levels_variant_id_store_id_fkey(location_id, on_hand, reserved)',
    )
    .eq('store_id', storeId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return data;
}

export type StockedVariant = Awaited<ReturnType<typeof fetchStock>>[number];

/** What came and went, the latest first. */
export async function fetchMovements(storeId: string, cursor: Cursor | null, signal: AbortSignal) {
  const query = supabase
    .from('stock_movements')
    .select(
      'id, created_at, quantity, kind, reason, place:stock_locations!stock_movements_location_id_store_id_fkey(name), variant:variants!stock_movements_variant_id_store_id_fkey(sku, title, product:products!variants_product_id_store_id_fkey(title)), actor:profiles!stock_movements_actor_id_fkey(display_name)',
    )
    .eq('store_id', storeId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return data;
}



/** The places of a store by name. */
export async function fetchPlaces(storeId: string, signal: AbortSignal) {
  const { data } = await supabase
    .from('stock_locations')
    .select('id, name, country, active')
    .eq('store_id', storeId)
    .order('name')
    .limit(100)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export type Place = Awaited<ReturnType<typeof fetchPlaces>>[number];

export async function addPlace(storeId: string, place: { name: string; country: string }) {
  await supabase
    .from('stock_locations')
    .insert({ store_id: storeId, ...place })
    .throwOnError();
}

export async function setPlaceActive(id: string, active: boolean): Promise<void> {
  await supabase.from('stock_locations').update({ active }).eq('id', id).throwOnError();
}

export interface StockChange {
  kind: 'receipt' | 'adjustment' | 'transfer';
  variantId: string;
  placeId: string;
  /** Where a transfer goes. */
  toPlaceId: string;
  quantity: number;
  reason: string;
  /** The same key again is the same change, so that an answer that was lost does no harm. */
  key: string;
}

export async function changeStock(change: StockChange): Promise<void> {
  const { kind, variantId: p_variant, quantity: p_quantity, key: p_key } = change;
  if (kind === 'transfer') {
    const places = { p_from: change.placeId, p_to: change.toPlaceId };
    await supabase
      .rpc('transfer_stock', { ...places, p_variant, p_quantity, p_key })
      .throwOnError();
    return;
  }
  const p_kind: Enums<'movement_kind'> = kind;
  await supabase
    .rpc('adjust_stock', {
      p_location: change.placeId,
      p_variant,
      p_quantity,
      p_kind,
      p_reason: change.reason,
      p_key,
    })
    .throwOnError();
}
