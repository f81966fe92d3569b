import { supabase } from '@/lib/supabase';

export interface Availability {
  in_stock: boolean;
  /** How many there are, where these are 10 or fewer. */
  left_count: number | null;
}

/** Whether a variant can be bought; null where it is not shown. */
export async function fetchAvailability(
  variantId: string,
  signal: AbortSignal,
): Promise<Availability | null> {
  const { data } = await supabase
    .rpc('variant_availability', { p_variants: [variantId] })
    .abortSignal(signal)
    .overrideTypes<Availability[], { merge: false }>()
    .throwOnError();
  return data[0] ?? null;
}
