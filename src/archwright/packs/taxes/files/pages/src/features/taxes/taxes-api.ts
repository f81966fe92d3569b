import { supabase } from '@/lib/supabase';

/** Classes with what they are called; the standard one counts for products without a class. */
export async function fetchTaxClasses(signal: AbortSignal) {
  const { data } = await supabase
    .from('tax_classes')
    .select('id, name, standard')
    .order('name')
    .limit(100)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export type TaxClass = Awaited<ReturnType<typeof fetchTaxClasses>>[number];

/** Null for the standard class. */
export async function setProductTaxClass(productId: string, classId: string | null) {
  await supabase
    .from('products')
    .update({ tax_class_id: classId })
    .eq('id', productId)
    .throwOnError();
}

/** PostgreSQL's text of a range of days, "[2025-01-01,)": the day it begins, and the first day after it. */
export function daysOf(during: string): { from: string; until: string | null } {
  const [from = '', until = ''] = during.slice(1, -1).split(',');
  return { from, until: until === '' ? null : until };
}

/** The rates of a class, by country and then the latest first. */
export async function fetchTaxRates(classId: string, signal: AbortSignal) {
  const { data } = await supabase
    .from('tax_rates')
    .select('id, country, region, rate, during')
    .eq('tax_class_id', classId)
    .order('country')
    .order('region', { nullsFirst: true })
    .order('during', { ascending: false })
    .limit(500)
    .abortSignal(signal)
    .throwOnError();
  return data.map(({ during, ...rate }) => ({ ...rate, ...daysOf(String(during)) }));
}

export type TaxRate = Awaited<ReturnType<typeof fetchTaxRates>>[number];

export async function addTaxClass(name: string): Promise<void> {
  await supabase.from('tax_classes').insert({ name }).throwOnError();
}

export async function setStandardTaxClass(id: string): Promise<void> {
  await supabase.rpc('set_standard_tax_class', { p_class: id }).throwOnError();
}

export async function deleteTaxClass(id: string): Promise<void> {
  await supabase.from('tax_classes').delete().eq('id', id).throwOnError();
}

export interface RateInput {
  country: string;
  region: string;
  /** A share of one: 0.19 is 19 percent. */
  rate: number;
  /** A day, "2026-01-01". */
  from: string;
}

export async function setTaxRate(classId: string, input: RateInput): Promise<void> {
  await supabase
    .rpc('set_tax_rate', {
      p_class: classId,
      p_country: input.country,
      p_region: input.region,
      p_rate: input.rate,
      p_from: input.from,
    })
    .throwOnError();
}

/** The day is the first on which it is not in force any more. */
export async function endTaxRate(id: string, until: string): Promise<void> {
  await supabase.rpc('end_tax_rate', { p_rate: id, p_until: until }).throwOnError();
}

export async function fetchTaxCountries(signal: AbortSignal) {
  const { data } = await supabase
    .from('tax_countries')
    .select('country, inclusive')
    .order('country')
    .limit(300)
    .abortSignal(signal)
    .throwOnError();
  return data.map((row) => ({ id: row.country, ...row }));
}

export type TaxCountry = Awaited<ReturnType<typeof fetchTaxCountries>>[number];

export async function addTaxCountry(country: string): Promise<void> {
  await supabase.from('tax_countries').insert({ country, inclusive: true }).throwOnError();
}

export async function setInclusive(country: string, inclusive: boolean): Promise<void> {
  await supabase.from('tax_countries').update({ inclusive }).eq('country', country).throwOnError();
}
