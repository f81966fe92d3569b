import { describe, expect, it } from 'vitest';
import { clearFilters, countFilters, readSearch, toggle, writeSearch } from './product-search';

const address = 'q=rye+bread&sort=price_up&brand=b1&brand=b2&min=100&max=900&a.size=s&a.size=m';

describe('a search in the address', () => {
  it('is read and written without a loss', () => {
    const search = readSearch(new URLSearchParams(address));
    expect(search).toEqual({
      query: 'rye bread',
      sort: 'price_up',
      brands: ['b1', 'b2'],
      min: 100,
      max: 900,
      attributes: { size: ['s', 'm'] },
    });
    expect(writeSearch(search).toString()).toBe(address);
  });

  it('is plain where the address makes no sense', () => {
    const search = readSearch(new URLSearchParams('sort=magic&min=-5&max=1e9'));
    expect(writeSearch(search).toString()).toBe('');
    expect(countFilters(search)).toBe(0);
  });

  it('counts its filters and goes on without them', () => {
    const search = readSearch(new URLSearchParams(address));
    expect(countFilters(search)).toBe(5);
    expect(writeSearch(clearFilters(search)).toString()).toBe('q=rye+bread&sort=price_up');
  });

  it('takes a value in and out', () => {
    expect(toggle(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggle(['a', 'b'], 'a')).toEqual(['b']);
  });
});
