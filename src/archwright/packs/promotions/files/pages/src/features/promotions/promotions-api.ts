import type { Enums } from '@/lib/database.types';
import { keysetPage, type Cursor } from '@/lib/keyset';
import { supabase } from '@/lib/supabase';

const DAY = 86_400_000;

/** A store's promotions, the newest first, with their codes and minimums. */
export async function fetchPromotions(storeId: string, cursor: Cursor | null, signal: AbortSignal) {
  const query = supabase
    .from('promotions')
    .select(
      'id, created_at, name, kind, percent, amount, currency, ends_at, stackable, active, uses, uses_most, coupons!coupons_promotion_id_store_id_fkey(code), rules:promotion_rules!promotion_rules_promotion_id_store_id_fkey(minimum_amount)',
    )
    .eq('store_id', storeId);
  const { data } = await keysetPage(query, cursor).abortSignal(signal).throwOnError();
  return data;
}

export type Promotion = Awaited<ReturnType<typeof fetchPromotions>>[number];

export interface PromotionInput {
  /** The same id again is the same promotion. */
  id: string;
  name: string;
  kind: Enums<'promotion_kind'>;
  percent: number | null;
  /** In minor units, as the minimum is. */
  amount: number | null;
  minimum: number | null;
  code: string | null;
  /** How long it lasts from now on; null for as long as nobody ends it. */
  days: number | null;
  stackable: boolean;
  most: number | null;
}

export async function addPromotion(storeId: string, input: PromotionInput): Promise<void> {
  const given = {
    p_percent: input.percent,
    p_amount: input.amount,
    p_minimum_amount: input.minimum,
    p_code: input.code,
    p_uses_most: input.most,
    p_ends_at:
      input.days === null ? null : new Date(Date.now() + input.days * DAY).toISOString(),
  };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  await supabase
    .rpc('add_promotion', {
      p_id: input.id,
      p_store: storeId,
      p_name: input.name,
      p_kind: input.kind,
      p_stackable: input.stackable,
      ...known,
    })
    .throwOnError();
}

export async function setPromotionActive(id: string, active: boolean): Promise<void> {
  await supabase.from('promotions').update({ active }).eq('id', id).throwOnError();
}

/** Only what no order has had can go. */
export async function deletePromotion(id: string): Promise<void> {
  await supabase.from('promotions').delete().eq('id', id).throwOnError();
}
