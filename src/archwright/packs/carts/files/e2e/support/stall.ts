import { randomUUID } from 'node:crypto';
import type { People } from './people';

let stalls = 0;

/** A store that an administrator has approved, its owner, and where it keeps what it sells. */
export async function openStall(people: People) {
  const owner = await people.newcomer();
  const client = await people.client(owner);
  stalls += 1;
  const slug = `stall-${owner.id.slice(0, 8)}-${stalls}`;
  const applied = await client
    .rpc('apply_for_store', {
      p_name: `Stall ${slug}`,
      p_slug: slug,
      p_country: 'DE',
      p_currency: 'EUR',
      p_about: 'We sell things for specs.',
    })
    .throwOnError();
  const admin = await people.client('mara');
  const opened = await admin
    .rpc('decide_store_application', { p_application: applied.data, p_approve: true })
    .throwOnError();
  const storeId = opened.data;
  const places = client.from('stock_locations').select('id').eq('store_id', storeId).single();
  const { data: place } = await places.throwOnError();
  const lists = client.from('price_lists').select('id').eq('store_id', storeId).single();
  const { data: list } = await lists.throwOnError();
  const category = admin.from('categories').insert({ name: slug, slug }).select('id').single();
  const { data: shelf } = await category.throwOnError();
  return { owner, storeId, placeId: place.id, listId: list.id, categoryId: shelf.id };
}

type Stall = Awaited<ReturnType<typeof openStall>>;

interface Offer {
  title: string;
  /** What one costs, in cents. */
  amount: number;
  stock: number;
}

/** Something to buy: a product of one variant, with a price and so many in stock. */
export async function offer(people: People, stall: Stall, { title, amount, stock }: Offer) {
  const client = await people.client(stall.owner);
  const product = await client
    .from('products')
    .insert({ store_id: stall.storeId, category_id: stall.categoryId, title })
    .select('id')
    .single()
    .throwOnError();
  const variant = await client
    .from('variants')
    .insert({ store_id: stall.storeId, product_id: product.data.id, sku: title })
    .select('id')
    .single()
    .throwOnError();
  const variantId = variant.data.id;
  const price = { p_list: stall.listId, p_variant: variantId };
  await client.rpc('set_price', { ...price, p_amount: amount }).throwOnError();
  await client
    .rpc('adjust_stock', {
      p_location: stall.placeId,
      p_variant: variantId,
      p_quantity: stock,
      p_kind: 'receipt',
      p_reason: '',
      p_key: randomUUID(),
    })
    .throwOnError();
  await client
    .rpc('set_product_status', { p_product: product.data.id, p_status: 'active' })
    .throwOnError();
  const reprice = async (next: number) => {
    await client.rpc('set_price', { ...price, p_amount: next }).throwOnError();
  };
  return { productId: product.data.id, variantId, reprice };
}
