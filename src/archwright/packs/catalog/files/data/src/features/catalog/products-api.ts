import type { QueryData } from '@supabase/supabase-js';
import { errorCode } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { publicUrl } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import { productFields } from './product-fields';

const selectProducts = () => supabase.from('products').select(productFields);

/** A product as lists show it, and as the head of its page does: with its first picture. */
export type Product = QueryData<ReturnType<typeof selectProducts>>[number];

const withFirstPicture = () =>
  selectProducts()
    .order('position', { referencedTable: 'product_media' })
    .limit(1, { referencedTable: 'product_media' });

export const MEDIA_BUCKET = 'product_media';

export function pictureUrl(path: string): string {
  return publicUrl(MEDIA_BUCKET, path);
}

/** Null where there is no such product, or none that the viewer may see. */
export async function fetchProduct(id: string, signal: AbortSignal): Promise<Product | null> {
  const { data, error } = await withFirstPicture().eq('id', id).abortSignal(signal).maybeSingle();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data;
}

const onSale = () => withFirstPicture().eq('status', 'active').not('published_at', 'is', null);
const newest = { column: 'published_at' };

/** One page of what is on sale, newest first. */
export async function fetchNewestProducts(
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Product[]> {
  const { data } = await keysetPage(onSale(), cursor, newest).abortSignal(signal).throwOnError();
  return data;
}

/** The same of one store. */
export async function fetchProductsOfStore(
  storeId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Product[]> {
  const { data } = await keysetPage(onSale().eq('store_id', storeId), cursor, newest)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** One page of all products of a store, drafts too, for its team. */
export async function fetchOwnProducts(
  storeId: string,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Product[]> {
  const { data } = await keysetPage(withFirstPicture().eq('store_id', storeId), cursor)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** Products by their ids, in the order of the ids; those that one may not see are left out. */
export async function fetchProductsById(
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Product[]> {
  if (ids.length === 0) return [];
  const { data } = await withFirstPicture().in('id', ids).abortSignal(signal).throwOnError();
  const byId = new Map(data.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
