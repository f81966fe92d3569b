import { describe, expect, it } from 'vitest';
import { groupFacets } from './facets';
import type { FacetRow } from './search-api';

function row(fields: Partial<FacetRow>): FacetRow {
  return {
    facet: 'brand',
    facet_id: null,
    facet_label: null,
    kind: null,
    unit: null,
    value: null,
    label: null,
    products: 1,
    low: null,
    high: null,
    ...fields,
  };
}

describe('groupFacets', () => {
  it('sorts rows by what they are about', () => {
    const size = { facet: 'attribute', facet_id: 'size', facet_label: 'Size', kind: 'choice' };
    const facets = groupFacets([
      row({ facet: 'total', products: 3, low: 3 }),
      row({ value: 'b1', label: 'Acme', products: 2 }),
      row({ facet: 'price', low: 100, high: 900 }),
      row({ ...size, value: 's', label: 'Small' }),
      row({ ...size, value: 'm', label: 'Medium' }),
      row({ facet: 'attribute', facet_id: 'weight', kind: 'number', low: 1, high: 5 }),
    ]);
    expect(facets).toMatchObject({ total: 3, capped: false, price: { low: 100, high: 900 } });
    expect(facets.brands).toEqual([{ value: 'b1', label: 'Acme', products: 2 }]);
    expect(facets.attributes.map(({ label, values }) => [label, values.length])).toEqual([['Size', 2]]);
  });

  it('says where not everything was looked at', () => {
    expect(groupFacets([row({ facet: 'total', products: 5, low: 1000 })]).capped).toBe(true);
    expect(groupFacets([])).toMatchObject({ total: 0, capped: false, price: null });
  });
});
