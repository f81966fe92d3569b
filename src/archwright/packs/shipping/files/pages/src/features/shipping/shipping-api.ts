import type { Enums } from '@/lib/database.types';
import { supabase } from '@/lib/supabase';

const METHOD =
  'id, name, currency, basis, at_most, min_days, max_days, active, rates:shipping_rates!shipping_rates_method_id_store_id_fkey(at_least, amount)';

/** A store's zones with their countries and methods, by name: there are few. */
export async function fetchZones(storeId: string, signal: AbortSignal) {
  const { data } = await supabase
    .from('zones')
    .select(
      `id, name, countries:zone_countries!zone_countries_zone_id_store_id_fkey(country), methods:shipping_methods!shipping_methods_zone_id_store_id_fkey(${METHOD})`,
    )
    .eq('store_id', storeId)
    .order('name')
    .limit(100)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export type Zone = Awaited<ReturnType<typeof fetchZones>>[number];
export type Method = Zone['methods'][number];
type RateBasis = Enums<'rate_basis'>;

interface Step {
  /** In grams, or minor units of the currency. */
  at_least: number;
  /** In minor units. */
  amount: number;
}

export async function addZone(storeId: string, name: string): Promise<void> {
  await supabase.from('zones').insert({ store_id: storeId, name }).throwOnError();
}

export async function deleteZone(id: string): Promise<void> {
  await supabase.from('zones').delete().eq('id', id).throwOnError();
}

export async function setZoneCountries(id: string, countries: string[]): Promise<void> {
  await supabase
    .rpc('set_zone_countries', { p_zone: id, p_countries: countries })
    .throwOnError();
}

export interface MethodInput {
  name: string;
  basis: RateBasis;
  min_days: number;
  max_days: number;
  at_most: number | null;
  steps: Step[];
}

interface Where {
  store_id: string;
  zone_id: string;
  currency: string;
}

/** A new method, or a changed one; its steps are these and no others. */
export async function saveMethod(id: string | null, where: Where, input: MethodInput) {
  const { steps, basis, ...fields } = input;
  const saved =
    id === null
      ? supabase.from('shipping_methods').insert({ ...where, ...fields, basis })
      : supabase.from('shipping_methods').update(fields).eq('id', id);
  const { data } = await saved.select('id').single().throwOnError();
  const rates = steps.map(({ at_least, amount }) => ({ at_least, amount }));
  await supabase
    .rpc('set_shipping_rates', { p_method: data.id, p_rates: rates })
    .throwOnError();
}

export async function setMethodActive(id: string, active: boolean): Promise<void> {
  await supabase.from('shipping_methods').update({ active }).eq('id', id).throwOnError();
}

export async function deleteMethod(id: string): Promise<void> {
  await supabase.from('shipping_methods').delete().eq('id', id).throwOnError();
}
