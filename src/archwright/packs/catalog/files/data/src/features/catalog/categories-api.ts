import type { Tables } from '@/lib/database.types';
import { supabase } from '@/lib/supabase';

export type Category = Pick<Tables<'categories'>, 'id' | 'parent_id' | 'name' | 'slug' | 'position'>;

const fields = 'id, parent_id, name, slug, position';

/** The categories right below another one, or those at the top. */
export async function fetchCategories(
  parentId: string | null,
  signal: AbortSignal,
): Promise<Category[]> {
  const all = supabase.from('categories').select(fields);
  const wanted = parentId === null ? all.is('parent_id', null) : all.eq('parent_id', parentId);
  const { data } = await wanted
    .order('position')
    .order('name')
    .limit(200)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** Null where there is no such category. */
export async function fetchCategory(slug: string, signal: AbortSignal): Promise<Category | null> {
  const { data } = await supabase
    .from('categories')
    .select(fields)
    .eq('slug', slug)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError();
  return data;
}

/** From the top down to the category itself. */
export async function fetchTrail(categoryId: string, signal: AbortSignal): Promise<Category[]> {
  const { data } = await supabase
    .from('category_paths')
    .select(`depth, category:categories!category_paths_ancestor_id_fkey(${fields})`)
    .eq('descendant_id', categoryId)
    .order('depth', { ascending: false })
    .abortSignal(signal)
    .throwOnError();
  return data.map(({ category }) => category);
}
