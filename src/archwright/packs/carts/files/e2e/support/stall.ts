import { randomUUID } from 'node:crypto';
import type { People } from './people';
import { addProduct, openStockroom } from './stockroom';

/** A store that sells in euros. */
export async function openStall(people: People) {
  const room = await openStockroom(people);
  const client = await people.client(room.owner);
  const lists = client.from('price_lists').select('id').eq('store_id', room.storeId).single();
  const { data: list } = await lists.throwOnError();
  return { ...room, listId: list.id };
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
  const { productId, variantId } = await addProduct(people, stall, title);
  const reprice = async (next: number) => {
    const price = { p_list: stall.listId, p_variant: variantId, p_amount: next };
    await client.rpc('set_price', price).throwOnError();
  };
  await reprice(amount);
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
    .rpc('set_product_status', { p_product: productId, p_status: 'active' })
    .throwOnError();
  return { productId, variantId, reprice };
}
