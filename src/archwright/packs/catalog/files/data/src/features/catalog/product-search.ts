/** What shoppers look for: words, filters and an order, all of it part of the address. */
export const sortings = ['relevance', 'newest', 'price_up', 'price_down'] as const;
export type Sorting = (typeof sortings)[number];

export interface Search {
  query: string;
  sort: Sorting;
  brands: readonly string[];
  /** In minor units of the currency that the shopper sees. */
  min: number | null;
  max: number | null;
  /** By the attribute's id: the values that were chosen. */
  attributes: Readonly<Record<string, readonly string[]>>;
}

const ATTRIBUTE = 'a.';

function amount(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The search that an address stands for; what makes no sense in it is as if it were not there. */
export function readSearch(address: URLSearchParams): Search {
  const attributes: Record<string, readonly string[]> = {};
  for (const key of new Set(address.keys())) {
    if (key.startsWith(ATTRIBUTE)) attributes[key.slice(ATTRIBUTE.length)] = address.getAll(key);
  }
  return {
    query: address.get('q')?.trim() ?? '',
    sort: sortings.find((sort) => sort === address.get('sort')) ?? 'relevance',
    brands: address.getAll('brand'),
    min: amount(address.get('min')),
    max: amount(address.get('max')),
    attributes,
  };
}

/** The address of a search; what is left at its default is not in it. */
export function writeSearch(search: Search): URLSearchParams {
  const address = new URLSearchParams();
  if (search.query !== '') address.set('q', search.query);
  if (search.sort !== 'relevance') address.set('sort', search.sort);
  for (const brand of search.brands) address.append('brand', brand);
  if (search.min !== null) address.set('min', String(search.min));
  if (search.max !== null) address.set('max', String(search.max));
  for (const [id, values] of Object.entries(search.attributes)) {
    for (const value of values) address.append(`${ATTRIBUTE}${id}`, value);
  }
  return address;
}

/** How many filters are set. */
export function countFilters({ brands, min, max, attributes }: Search): number {
  const chosen = Object.values(attributes).reduce((sum, values) => sum + values.length, 0);
  return brands.length + chosen + (min === null && max === null ? 0 : 1);
}

/** The same search without its filters. */
export function clearFilters(search: Search): Search {
  return { ...search, brands: [], min: null, max: null, attributes: {} };
}

/** One value more, or one less where it was there. */
export function toggle(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}
