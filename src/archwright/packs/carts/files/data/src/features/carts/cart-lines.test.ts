import { describe, expect, it } from 'vitest';
import { sampleCartLine } from '@/test/sample-cart-line';
import { countThings, isBuyable, mostOf, priceChange, subtotals } from './cart-lines';

const cup = sampleCartLine();

describe('a line of a cart', () => {
  it('can be bought while it is sold and there are enough', () => {
    expect(isBuyable(cup)).toBe(true);
    expect(isBuyable({ ...cup, left_count: 2 })).toBe(true);
    expect(isBuyable({ ...cup, left_count: 1 })).toBe(false);
    expect(isBuyable({ ...cup, in_stock: false })).toBe(false);
    expect(isBuyable({ ...cup, amount: null })).toBe(false);
  });

  it('says which way the price went', () => {
    expect(priceChange(cup)).toBeNull();
    expect(priceChange({ ...cup, seen_amount: 800 })).toBe('up');
    expect(priceChange({ ...cup, seen_amount: 950 })).toBe('down');
    expect(priceChange({ ...cup, seen_amount: null })).toBeNull();
    expect(priceChange({ ...cup, amount: null })).toBeNull();
  });

  it('lets people choose as many as there are', () => {
    expect([mostOf(cup), mostOf({ ...cup, left_count: 3 }), mostOf({ ...cup, left_count: 0 })]).toEqual([
      99, 3, 1,
    ]);
  });
});

describe('a cart', () => {
  it('is summed up by currency, without what cannot be bought', () => {
    const lines = [
      cup,
      { ...cup, id: 'lamp', currency: 'USD', amount: 5000, quantity: 1 },
      { ...cup, id: 'bowl', quantity: 1, amount: 2500 },
      { ...cup, id: 'gone', amount: null },
      { ...cup, id: 'out', in_stock: false },
    ];
    expect(subtotals(lines)).toEqual([
      { currency: 'EUR', amount: 4300 },
      { currency: 'USD', amount: 5000 },
    ]);
    expect(countThings(lines)).toBe(8);
    expect(subtotals([])).toEqual([]);
  });
});
