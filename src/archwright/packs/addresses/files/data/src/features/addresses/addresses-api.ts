import { supabase } from '@/lib/supabase';

/** All addresses of the caller, the newest first: there are at most 20, and nobody sees another's. */
export async function fetchAddresses(signal: AbortSignal) {
  const { data } = await supabase
    .from('addresses')
    .select(
      'id, name, line1, line2, city, region, postal_code, country, phone, default_shipping, default_billing',
    )
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(20)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export type Address = Awaited<ReturnType<typeof fetchAddresses>>[number];

/** What the form asks for; the defaults only of a new one. */
export type AddressInput = Omit<Address, 'id' | 'default_shipping' | 'default_billing'>;

export interface Defaults {
  default_shipping: boolean;
  default_billing: boolean;
}

export async function addAddress(input: AddressInput & Defaults): Promise<void> {
  await supabase.from('addresses').insert(input).throwOnError();
}

export async function changeAddress(id: string, input: AddressInput): Promise<void> {
  await supabase.from('addresses').update(input).eq('id', id).throwOnError();
}

export async function deleteAddress(id: string): Promise<void> {
  await supabase.from('addresses').delete().eq('id', id).throwOnError();
}

/** Makes it the default for what is true; whichever was before is so no longer. */
export async function setDefaultAddress(id: string, wanted: Defaults): Promise<void> {
  await supabase
    .rpc('set_default_address', {
      p_address: id,
      p_shipping: wanted.default_shipping,
      p_billing: wanted.default_billing,
    })
    .throwOnError();
}
