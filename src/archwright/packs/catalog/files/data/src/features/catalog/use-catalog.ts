import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { nextCursor, type Cursor } from '@/lib/keyset';
import { fetchCategories, fetchCategory, fetchTrail } from './categories-api';
import { fetchProductDetails, fetchVariants } from './details-api';
import { groupFacets } from './facets';
import type { Search } from './product-search';
import {
  fetchNewestProducts,
  fetchOwnProducts,
  fetchProduct,
  fetchProductsOfStore,
} from './products-api';
import { fetchFacets, searchProducts, type SearchCursor } from './search-api';
import { useCurrencyChoice } from './use-currency-choice';

export function useCategories(parentId: string | null) {
  return useQuery({
    queryKey: ['categories', 'below', parentId],
    queryFn: ({ signal }) => fetchCategories(parentId, signal),
  });
}

export function useCategory(slug: string) {
  return useQuery({
    queryKey: ['categories', 'slug', slug],
    queryFn: ({ signal }) => fetchCategory(slug, signal),
  });
}

export function useTrail(categoryId: string) {
  return useQuery({
    queryKey: ['categories', 'trail', categoryId],
    queryFn: ({ signal }) => fetchTrail(categoryId, signal),
    // nothing is chosen yet in a form
    enabled: categoryId !== '',
    placeholderData: keepPreviousData,
  });
}

export function useProduct(id: string) {
  return useQuery({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) => fetchProduct(id, signal),
  });
}

export function useProductDetails(id: string) {
  return useQuery({
    queryKey: ['products', 'details', id],
    queryFn: ({ signal }) => fetchProductDetails(id, signal),
  });
}

export function useVariants(productId: string) {
  return useQuery({
    queryKey: ['variants', productId],
    queryFn: ({ signal }) => fetchVariants(productId, signal),
  });
}

export function useNewestProducts() {
  return useInfiniteQuery({
    queryKey: ['products', 'newest'],
    queryFn: ({ pageParam, signal }) => fetchNewestProducts(pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows, { column: 'published_at' }),
  });
}

export function useProductsOfStore(storeId: string) {
  return useInfiniteQuery({
    queryKey: ['products', 'store', storeId],
    queryFn: ({ pageParam, signal }) => fetchProductsOfStore(storeId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows, { column: 'published_at' }),
  });
}

export function useOwnProducts(storeId: string) {
  return useInfiniteQuery({
    queryKey: ['products', 'own', storeId],
    queryFn: ({ pageParam, signal }) => fetchOwnProducts(storeId, pageParam, signal),
    initialPageParam: null as Cursor | null,
    getNextPageParam: (rows) => nextCursor(rows),
  });
}

/** What was found before stays on screen while the next is looked for. */
export function useProductSearch(categoryId: string | null, search: Search) {
  const currency = useCurrencyChoice();
  return useInfiniteQuery({
    queryKey: ['products', 'search', categoryId, search, currency],
    queryFn: ({ pageParam, signal }) =>
      searchProducts({ categoryId, search, currency }, pageParam, signal),
    initialPageParam: null as SearchCursor | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages, pageParams }) => ({ pages: pages.map(({ rows }) => rows), pageParams }),
    placeholderData: keepPreviousData,
  });
}

export function useFacets(categoryId: string | null, search: Search) {
  const currency = useCurrencyChoice();
  return useQuery({
    // the order of the products has nothing to do with their number
    queryKey: ['products', 'facets', categoryId, { ...search, sort: null }, currency],
    queryFn: ({ signal }) => fetchFacets({ categoryId, search, currency }, signal),
    select: groupFacets,
    placeholderData: keepPreviousData,
  });
}
