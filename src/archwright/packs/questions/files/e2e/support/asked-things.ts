import type { Newcomer, People } from './people';

/** Something on sale in a store of its own: its id, and who owns the store. */
export async function offerAskedThing(
  people: People,
  title: string,
): Promise<{ id: string; seller: Newcomer }> {
  const seller = await people.newcomer();
  const client = await people.client(seller);
  const admin = await people.client('mara');
  const slug = `booth-${seller.id.slice(0, 8)}`;
  const applied = await client
    .rpc('apply_for_store', {
      p_name: `Booth ${slug}`,
      p_slug: slug,
      p_country: 'DE',
      p_currency: 'EUR',
      p_about: 'We sell what specs look at.',
    })
    .throwOnError();
  const { data: storeId } = await admin
    .rpc('decide_store_application', { p_application: applied.data, p_approve: true })
    .throwOnError();
  const shelf = admin.from('categories').insert({ name: slug, slug }).select('id').single();
  const { data: category } = await shelf.throwOnError();
  const made = client
    .from('products')
    .insert({ store_id: storeId, category_id: category.id, title })
    .select('id')
    .single();
  const { id } = (await made.throwOnError()).data;
  const one = { store_id: storeId, product_id: id, sku: 'ONE' };
/*% if has('prices') %*/
  const sold = client.from('variants').insert(one).select('id').single();
  const { data: variant } = await sold.throwOnError();
  const lists = client.from('price_lists').select('id').eq('store_id', storeId).single();
  const { data: list } = await lists.throwOnError();
  const price = { p_list: list.id, p_variant: variant.id, p_amount: 1900 };
  await client.rpc('set_price', price).throwOnError();
/*% else %*/
  await client.from('variants').insert(one).throwOnError();
/*% endif %*/
  await client.rpc('set_product_status', { p_product: id, p_status: 'active' }).throwOnError();
  return { id, seller };
}
