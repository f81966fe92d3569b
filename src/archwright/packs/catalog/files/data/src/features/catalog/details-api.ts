import type { QueryData } from '@supabase/supabase-js';
import { supabase } from '@/lib/supabase';
import type { Product } from './products-api';
import { variantFields } from './variant-fields';

const selectDetails = () =>
  supabase
    .from('products')
    .select(
      'id, description, category_id, product_media(id, path, alt, position), options(id, name, position, option_values(id, label, position)), attribute_values!attribute_values_product_id_fkey(attribute_id, text_value, number_value, boolean_value, choice_id, attribute:attributes!attribute_values_attribute_id_fkey(name, unit, position), choice:attribute_choices(label))',
    );
const selectVariants = () => supabase.from('variants').select(variantFields);

/** What the page of a product shows beyond its head. */
export type ProductDetails = QueryData<ReturnType<typeof selectDetails>>[number];
export type ProductOption = ProductDetails['options'][number];
export type ProductPicture = ProductDetails['product_media'][number];
/** What is bought: `combination` = the ids of the values of the product's options. */
export type Variant = QueryData<ReturnType<typeof selectVariants>>[number];

/** A product, and the variant of it that a shopper has chosen. */
export interface Chosen {
  product: Product;
  variant: Variant;
}

export async function fetchProductDetails(
  id: string,
  signal: AbortSignal,
): Promise<ProductDetails | null> {
  const { data } = await selectDetails()
    .eq('id', id)
    .order('position', { referencedTable: 'product_media' })
    .order('position', { referencedTable: 'options' })
    .order('position', { referencedTable: 'options.option_values' })
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** All variants that the viewer may see: shoppers those on sale, the store's team all of them. */
export async function fetchVariants(productId: string, signal: AbortSignal): Promise<Variant[]> {
  const { data } = await selectVariants()
    .eq('product_id', productId)
    .order('position')
    .order('id')
    .limit(200)
    .abortSignal(signal)
    .throwOnError();
  return data;
}
