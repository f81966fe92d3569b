import type { ProductDetails, Variant } from '@/features/catalog/details-api';
import type { Product } from '@/features/catalog/products-api';

/** What a product has beyond this is for features to add: their fields are not in every app. */
const product = {
  id: '00000000-0000-4000-8000-00000000d001',
  store_id: '00000000-0000-4000-8000-00000000b001',
  title: 'Rye bread',
  status: 'active',
  published_at: '2026-01-02T00:00:00Z',
  created_at: '2026-01-01T00:00:00Z',
  brand: { id: 'acme', name: 'Acme' },
  store: { id: '00000000-0000-4000-8000-00000000b001', slug: 'corner-bakery', name: 'Corner Bakery' },
  product_media: [],
};

const details: ProductDetails = {
  id: product.id,
  description: 'Baked in the morning.',
  category_id: 'bread',
  product_media: [],
  options: [],
  attribute_values: [],
};

const variant = {
  id: '00000000-0000-4000-8000-00000000e001',
  product_id: product.id,
  store_id: product.store_id,
  sku: 'RYE-1',
  title: '',
  combination: [],
  position: 0,
  active: true,
  weight_g: null,
};

/** A product for tests. */
export function sampleProduct(fields: Partial<Product> = {}): Product {
  return { ...(product as unknown as Product), ...fields };
}

export function sampleDetails(fields: Partial<ProductDetails> = {}): ProductDetails {
  return { ...details, ...fields };
}

export function sampleVariant(fields: Partial<Variant> = {}): Variant {
  return { ...(variant as unknown as Variant), ...fields };
}
