import { supabase } from '@/lib/supabase';
import type { Search } from './product-search';
import { fetchProductsById, type Product } from './products-api';

const SEARCH_PAGE = 24;

/** The last product that was seen, and where it stands in the order. */
export interface SearchCursor {
  place: number;
  id: string;
}

export interface FoundPage {
  rows: Product[];
  next: SearchCursor | null;
}

/** What a search is narrowed by; amounts are of this currency. */
function filterOf({ brands, min, max, attributes }: Search, currency: string | null) {
  return {
    ...(brands.length > 0 && { brands: [...brands] }),
    ...(min !== null && { min }),
    ...(max !== null && { max }),
    ...(currency !== null && { currency }),
    attributes: Object.fromEntries(Object.entries(attributes).map(([id, of]) => [id, [...of]])),
  };
}

interface Place {
  categoryId: string | null;
  search: Search;
  currency: string | null;
}

/** One page of what a search finds, in its order. */
export async function searchProducts(
  { categoryId, search, currency }: Place,
  cursor: SearchCursor | null,
  signal: AbortSignal,
): Promise<FoundPage> {
  const { data: found } = await supabase
    .rpc('search_products', {
      ...(categoryId !== null && { p_category: categoryId }),
      p_query: search.query,
      p_filter: filterOf(search, currency),
      p_sort: search.sort,
      ...(cursor && { p_after: cursor.place, p_after_id: cursor.id }),
      p_limit: SEARCH_PAGE,
    })
    .abortSignal(signal)
    .throwOnError();
  const rows = await fetchProductsById(
    found.map(({ id }) => id),
    signal,
  );
  return { rows, next: found.length < SEARCH_PAGE ? null : (found.at(-1) ?? null) };
}

/** A row of what one can narrow a search by. */
export interface FacetRow {
  facet: string;
  facet_id: string | null;
  facet_label: string | null;
  kind: string | null;
  unit: string | null;
  value: string | null;
  label: string | null;
  products: number;
  low: number | null;
  high: number | null;
}

export async function fetchFacets(
  { categoryId, search, currency }: Place,
  signal: AbortSignal,
): Promise<FacetRow[]> {
  const { data } = await supabase
    .rpc('product_facets', {
      ...(categoryId !== null && { p_category: categoryId }),
      p_query: search.query,
      p_filter: filterOf(search, currency),
    })
    .abortSignal(signal)
    .overrideTypes<FacetRow[], { merge: false }>()
    .throwOnError();
  return data;
}
