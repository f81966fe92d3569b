import type { FacetRow } from './search-api';

export interface FacetValue {
  value: string;
  label: string;
  products: number;
}

/** A filter with its values, each with how many products it would leave. */
interface FacetGroup {
  id: string;
  label: string;
  kind: string;
  values: FacetValue[];
}

export interface Facets {
  /** How many products the search finds. */
  total: number;
  /** There may be more: only so many are looked at. */
  capped: boolean;
  categories: FacetValue[];
  brands: FacetValue[];
  price: { low: number; high: number } | null;
  attributes: FacetGroup[];
}

const LOOKED_AT = 1000;

function valuesOf(rows: readonly FacetRow[]): FacetValue[] {
  return rows.flatMap(({ value, label, products }) =>
    value === null || label === null ? [] : [{ value, label, products }],
  );
}

/** The rows of the database by what they are about. */
export function groupFacets(rows: readonly FacetRow[]): Facets {
  const of = (facet: string) => rows.filter((row) => row.facet === facet);
  const [total] = of('total');
  const [price] = of('price');
  const groups = new Map<string, FacetRow[]>();
  for (const row of of('attribute')) {
    const id = row.facet_id ?? '';
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return {
    total: total?.products ?? 0,
    capped: (total?.low ?? 0) >= LOOKED_AT,
    categories: valuesOf(of('category')),
    brands: valuesOf(of('brand')),
    price:
      price && price.low !== null && price.high !== null
        ? { low: price.low, high: price.high }
        : null,
    attributes: [...groups]
      .map(([id, listed]) => ({
        id,
        label: listed[0]?.facet_label ?? '',
        kind: listed[0]?.kind ?? '',
        values: valuesOf(listed),
      }))
      .filter(({ values }) => values.length > 0),
  };
}
