import type { Product } from '@/features/catalog/products-api';
import { productFields } from '@/features/catalog/product-fields';
import { supabase } from '@/lib/supabase';

/** How many are kept of each member: the database forgets the others. */
const KEPT = 50;

/** What the viewer looked at, the latest first, as far as it is still to be seen. */
export async function fetchViewedProducts(signal: AbortSignal): Promise<Product[]> {
  const { data } = await supabase
    .from('product_views')
    .select(`viewed_at, product:products(${productFields})`)
    .order('viewed_at', { ascending: false })
    .order('product_id', { ascending: false })
    .order('position', { referencedTable: 'product.product_media' })
    .limit(1, { referencedTable: 'product.product_media' })
    .limit(KEPT)
    .abortSignal(signal)
    .throwOnError();
  return data.flatMap(({ product }) => (product ? [product] : []));
}

/** Whether what the viewer looks at is kept, which it is unless they said otherwise. */
export async function fetchViewsKept(signal: AbortSignal): Promise<boolean> {
  const { data } = await supabase
    .from('product_view_settings')
    .select('keep')
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data?.keep ?? true;
}

export async function recordProductView(productId: string): Promise<void> {
  await supabase.rpc('record_product_view', { p_product_id: productId }).throwOnError();
}

/** Forgets one product, or with null all of them. */
export async function clearProductViews(productId: string | null): Promise<void> {
  const one = productId === null ? {} : { p_product_id: productId };
  await supabase.rpc('clear_product_views', one).throwOnError();
}

/** Switches remembering on or off; off forgets what was kept. */
export async function keepProductViews(keep: boolean): Promise<void> {
  await supabase.rpc('keep_product_views', { p_keep: keep }).throwOnError();
}
