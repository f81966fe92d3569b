import type { Enums } from '@/lib/database.types';
import { removeFiles, uploadFile } from '@/lib/storage';
import { supabase } from '@/lib/supabase';
import type { ProductPicture } from './details-api';
import { MEDIA_BUCKET } from './products-api';

export interface ProductInput {
  title: string;
  description: string;
  categoryId: string;
  /** "" for none; a brand that is not there yet is made. */
  brand: string;
}

async function brandId(name: string): Promise<string | null> {
  if (name === '') return null;
  const { data } = await supabase.rpc('name_brand', { p_name: name }).throwOnError();
  return data;
}

/** Makes a draft, which only the store's team sees; gives back its id. */
export async function createProduct(storeId: string, input: ProductInput): Promise<string> {
  const { data } = await supabase
    .from('products')
    .insert({
      store_id: storeId,
      title: input.title,
      description: input.description,
      category_id: input.categoryId,
      brand_id: await brandId(input.brand),
    })
    .select('id')
    .single()
    .throwOnError();
  return data.id;
}

export async function updateProduct(id: string, input: ProductInput): Promise<void> {
  await supabase
    .from('products')
    .update({
      title: input.title,
      description: input.description,
      category_id: input.categoryId,
      brand_id: await brandId(input.brand),
    })
    .eq('id', id)
    .select('id')
    .single()
    .throwOnError();
}

export type ProductStatus = Enums<'product_status'>;

export async function setProductStatus(id: string, status: ProductStatus): Promise<void> {
  await supabase.rpc('set_product_status', { p_product: id, p_status: status }).throwOnError();
}

export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
const PICTURE_BYTES = 5 * 1024 * 1024;

export interface PictureInput {
  productId: string;
  userId: string;
  file: File;
  alt: string;
  position: number;
}

/** Uploads a picture and puts it behind the others; refusals of the server are told before the upload. */
export async function addPicture(input: PictureInput): Promise<void> {
  const { productId, userId, file, alt, position } = input;
  if (!PICTURE_TYPES.includes(file.type)) throw Object.assign(new Error(), { status: 415 });
  if (file.size > PICTURE_BYTES) throw Object.assign(new Error(), { status: 413 });
  const path = await uploadFile({ bucket: MEDIA_BUCKET, file, userId });
  try {
    await supabase
      .from('product_media')
      .insert({ product_id: productId, path, alt, position })
      .throwOnError();
  } catch (error) {
    await removeFiles(MEDIA_BUCKET, [path]).catch(() => undefined);
    throw error;
  }
}

export async function deletePicture({ id, path }: ProductPicture): Promise<void> {
  await supabase.from('product_media').delete().eq('id', id).throwOnError();
  // a colleague's file is not ours to remove: then it stays, and nothing names it
  await removeFiles(MEDIA_BUCKET, [path]).catch(() => undefined);
}

/** An option with its values, behind those that are there. */
export async function addOption(
  productId: string,
  name: string,
  labels: readonly string[],
  position: number,
): Promise<void> {
  const { data: option } = await supabase
    .from('options')
    .insert({ product_id: productId, name, position })
    .select('id')
    .single()
    .throwOnError();
  await supabase
    .from('option_values')
    .insert(
      labels.map((label, place) => ({
        option_id: option.id,
        product_id: productId,
        label,
        position: place,
      })),
    )
    .throwOnError();
}

/** Makes the variants that the options call for and that are not there yet. */
export async function generateVariants(productId: string): Promise<number> {
  const { data } = await supabase
    .rpc('generate_variants', { p_product: productId })
    .throwOnError();
  return data;
}

export interface VariantChange {
  id: string;
  sku?: string;
  active?: boolean;
}

export async function updateVariant({ id, ...changes }: VariantChange): Promise<void> {
  await supabase.from('variants').update(changes).eq('id', id).select('id').single().throwOnError();
}
