import type { Newcomer, People } from './people';

interface Wanted {
  title: string;
  /** By its address; one of the sample categories. */
  category?: string;
  /** In minor units of the store's currency. */
  amount?: number;
}

/** A product with one variant, on sale in somebody's store: the ids of both. */
export async function publishProduct(
  people: People,
  seller: Newcomer,
  storeId: string,
  { title, category = 'notebooks', amount = 1200 }: Wanted,
): Promise<{ id: string; variantId: string }> {
  const client = await people.client(seller);
  const { data: where } = await client
    .from('categories')
    .select('id')
    .eq('slug', category)
    .single()
    .throwOnError();
  const { data: product } = await client
    .from('products')
    .insert({ store_id: storeId, category_id: where.id, title })
    .select('id')
    .single()
    .throwOnError();
  await client.rpc('generate_variants', { p_product: product.id }).throwOnError();
  const { data: variant } = await client
    .from('variants')
    .select('id')
    .eq('product_id', product.id)
    .single()
    .throwOnError();
  /*% if has('prices') %*/
  const { data: list } = await client
    .from('price_lists')
    .select('id')
    .eq('store_id', storeId)
    .eq('is_default', true)
    .single()
    .throwOnError();
  await client
    .rpc('set_price', { p_list: list.id, p_variant: variant.id, p_amount: amount })
    .throwOnError();
  /*% else %*/
  void amount; // nothing has a price yet
  /*% endif %*/
  await client
    .rpc('set_product_status', { p_product: product.id, p_status: 'active' })
    .throwOnError();
  return { id: product.id, variantId: variant.id };
}
