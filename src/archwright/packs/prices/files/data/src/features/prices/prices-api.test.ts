import { describe, expect, it } from 'vitest';
import { fakeRest } from '@/test/fake-supabase';
import { sentTo } from '@/test/sent';
import { pickPrice, setPrice } from './prices-api';

const euro = { currency: 'EUR', amount: 450, compare_at: null, several: false };
const dollar = { currency: 'USD', amount: 500, compare_at: 600, several: true };

describe('pickPrice', () => {
  it('takes the currency that was chosen, else the store’s own', () => {
    expect(pickPrice([euro, dollar], 'USD')).toEqual(dollar);
    expect(pickPrice([euro, dollar], 'GBP')).toEqual(euro);
  });

  it('finds none where nothing is on sale', () => {
    expect(pickPrice([], 'EUR')).toBeNull();
    expect(pickPrice(null, 'EUR')).toBeNull();
  });
});

describe('setPrice', () => {
  it('sends minor units, and no price before where there is none', async () => {
    const rest = fakeRest({ set_price: 'one' });
    await setPrice({
      listId: 'list',
      variantId: 'variant',
      amount: 450,
      compareAt: null,
      minimumQuantity: 1,
    });
    expect(sentTo(rest, 'set_price')).toEqual({
      p_list: 'list',
      p_variant: 'variant',
      p_amount: 450,
      p_minimum_quantity: 1,
    });
  });
});
