import type { CartLine } from '@/features/carts/carts-api';

/** A line of a cart for tests: two cups at 9.00 euros. */
export function sampleCartLine(change: Partial<CartLine> = {}): CartLine {
  return {
    id: 'cup',
    quantity: 2,
    product_id: 'product',
    title: 'Cup',
    variant_title: 'Blue',
    picture_path: null,
    store_name: 'Fern & Co',
    store_slug: 'fern',
    amount: 900,
    currency: 'EUR',
    in_stock: true,
    left_count: null,
    seen_amount: 900,
    ...change,
  };
}
