import type { People } from './people';

let opened = 0;

/** A store that an administrator has approved, its owner, and where it keeps what it sells. */
export async function openStockroom(people: People) {
  const owner = await people.newcomer();
  const client = await people.client(owner);
  const admin = await people.client('mara');
  opened += 1;
  const slug = `stall-${owner.id.slice(0, 8)}-${opened}`;
  const applied = await client
    .rpc('apply_for_store', {
      p_name: `Stall ${slug}`,
      p_slug: slug,
      p_country: 'DE',
      p_currency: 'EUR',
      p_about: 'We sell things for specs.',
    })
    .throwOnError();
  const approved = await admin
    .rpc('decide_store_application', { p_application: applied.data, p_approve: true })
    .throwOnError();
  const storeId = approved.data;
  const places = client.from('stock_locations').select('id').eq('store_id', storeId).single();
  const { data: place } = await places.throwOnError();
  const category = admin.from('categories').insert({ name: slug, slug }).select('id').single();
  const { data: shelf } = await category.throwOnError();
  return { owner, storeId, placeId: place.id, categoryId: shelf.id };
}

export type Stockroom = Awaited<ReturnType<typeof openStockroom>>;

/** A product of one variant; nobody sees it before it is made active. */
export async function addProduct(people: People, room: Stockroom, title: string) {
  const client = await people.client(room.owner);
  const product = await client
    .from('products')
    .insert({ store_id: room.storeId, category_id: room.categoryId, title })
    .select('id')
    .single()
    .throwOnError();
  const productId = product.data.id;
  const variant = await client
    .from('variants')
    .insert({ store_id: room.storeId, product_id: productId, sku: title })
    .select('id')
    .single()
    .throwOnError();
  return { productId, variantId: variant.data.id };
}
