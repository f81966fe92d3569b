import { supabase } from '@/lib/supabase';

export interface CategoryInput {
  name: string;
  slug: string;
  parentId: string | null;
  position: number;
}

const row = ({ name, slug, parentId, position }: CategoryInput) => ({
  name,
  slug,
  parent_id: parentId,
  position,
});

export async function addCategory(input: CategoryInput): Promise<void> {
  await supabase.from('categories').insert(row(input)).throwOnError();
}

/** Renames or moves a category, with all that lies below it. */
export async function changeCategory(id: string, input: CategoryInput): Promise<void> {
  await supabase
    .from('categories')
    .update(row(input))
    .eq('id', id)
    .select('id')
    .single()
    .throwOnError();
}

/** The database refuses while something lies in it. */
export async function deleteCategory(id: string): Promise<void> {
  await supabase.from('categories').delete().eq('id', id).throwOnError();
}
