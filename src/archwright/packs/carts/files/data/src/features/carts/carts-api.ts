import { publicUrl } from '@/lib/storage';
import { supabase } from '@/lib/supabase';

/** What a cart keeps of a line: which variant, and how many. */
export interface KeptLine {
  variantId: string;
  quantity: number;
  /** What one cost, in minor units, when it was put in; null where nobody knows. */
  seenAmount: number | null;
}

/** A line as it is now. Without a title it is no longer shown, without an amount not on sale. */
export interface CartLine {
  /** The variant's: it is in a cart once. */
  id: string;
  quantity: number;
  product_id: string | null;
  title: string | null;
  variant_title: string | null;
  picture_path: string | null;
  store_name: string | null;
  store_slug: string | null;
  amount: number | null;
  currency: string | null;
  in_stock: boolean;
  /** How many there are, where these are 10 or fewer. */
  left_count: number | null;
  seen_amount: number | null;
}

type PricedLine = Omit<CartLine, 'id' | 'seen_amount'> & { variant_id: string };

function toRpc(lines: readonly KeptLine[]) {
  return lines.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity }));
}

/** The cart of the member who is signed in. */
export async function fetchCart(signal: AbortSignal): Promise<CartLine[]> {
  const { data } = await supabase
    .rpc('my_cart')
    .abortSignal(signal)
    .overrideTypes<(PricedLine & { seen_amount: number | null })[], { merge: false }>()
    .throwOnError();
  return data.map(({ variant_id: id, ...line }) => ({ id, ...line }));
}

/** What a guest keeps in the browser, as it is now; what one cost before is known in the browser alone. */
export async function fetchGuestCart(
  lines: readonly KeptLine[],
  signal: AbortSignal,
): Promise<CartLine[]> {
  if (lines.length === 0) return [];
  const { data } = await supabase
    .rpc('priced_lines', { p_lines: toRpc(lines) })
    .abortSignal(signal)
    .overrideTypes<PricedLine[], { merge: false }>()
    .throwOnError();
  return data.map(({ variant_id: id, ...line }) => ({ id, ...line, seen_amount: null }));
}

/** Takes a guest's lines into the member's cart; the same lines again add nothing. */
export async function mergeCart(lines: readonly KeptLine[]): Promise<void> {
  await supabase.rpc('merge_cart', { p_lines: toRpc(lines) }).throwOnError();
}

/** None of it with 0. */
export async function setCartLine(variantId: string, quantity: number): Promise<void> {
  await supabase
    .rpc('set_cart_line', { p_variant: variantId, p_quantity: quantity })
    .throwOnError();
}

export async function acceptCartPrices(): Promise<void> {
  await supabase.rpc('accept_cart_prices').throwOnError();
}

export function pictureUrl(path: string | null): string | null {
  return path === null ? null : publicUrl('product_media', path);
}
