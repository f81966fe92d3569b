import type { QueryData } from '@supabase/supabase-js';
import type { Enums, TablesUpdate } from '@/lib/database.types';
import { errorCode } from '@/lib/errors';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { publicUrl } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import { storeFields } from './store-fields';

const selectStore = () => supabase.from('stores').select(storeFields);

/** A store as the app shows it. */
export type Store = QueryData<ReturnType<typeof selectStore>>[number];
export type StoreRole = Enums<'store_role'>;
export type StoreStatus = Enums<'store_status'>;

/** A store in which the viewer works, and as what. */
export interface OwnStore {
  role: StoreRole;
  store: Store;
}

export const LOGO_BUCKET = 'store_logos';

export function logoUrl(path: string | null): string | null {
  return path === null ? null : publicUrl(LOGO_BUCKET, path);
}

/** Null where there is no such store, or none that the viewer may see. */
export async function fetchStore(slug: string, signal: AbortSignal): Promise<Store | null> {
  const { data } = await selectStore()
    .eq('slug', slug)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** The stores in which a member works. */
export async function fetchOwnStores(userId: string, signal: AbortSignal): Promise<OwnStore[]> {
  const { data } = await supabase
    .from('store_members')
    .select(`role, store:stores!store_members_store_id_fkey(${storeFields})`)
    .eq('member_id', userId)
    .order('created_at', { ascending: false })
    .order('store_id', { ascending: false })
    .limit(100)
    .abortSignal(signal)
    .overrideTypes<OwnStore[], { merge: false }>()
    .throwOnError();
  return data;
}

/** One of the stores in which a member works; null where they do not. */
export async function fetchOwnStore(
  userId: string,
  storeId: string,
  signal: AbortSignal,
): Promise<OwnStore | null> {
  const { data, error } = await supabase
    .from('store_members')
    .select(`role, store:stores!store_members_store_id_fkey(${storeFields})`)
    .eq('member_id', userId)
    .eq('store_id', storeId)
    .abortSignal(signal)
    .maybeSingle()
    .overrideTypes<OwnStore, { merge: false }>();
  if (errorCode(error) === '22P02') return null; // an address that holds no id at all
  if (error) throw error;
  return data;
}

/** One page of all stores, newest first: administrators see every one of them. */
export async function fetchStores(cursor: Cursor | null, signal: AbortSignal): Promise<Store[]> {
  const { data } = await keysetPage(selectStore(), cursor).abortSignal(signal).throwOnError();
  return data;
}

export type StoreChanges = Pick<
  TablesUpdate<'stores'>,
  'name' | 'description' | 'country' | 'logo_path'
>;

export async function updateStore(id: string, changes: StoreChanges): Promise<void> {
  await supabase.from('stores').update(changes).eq('id', id).select('id').single().throwOnError();
}

/** Administrators suspend a store and lift that; its owners close it and open it again. */
export async function changeStoreStatus(id: string, status: StoreStatus): Promise<void> {
  await supabase.rpc('change_store_status', { p_store: id, p_status: status }).throwOnError();
}
