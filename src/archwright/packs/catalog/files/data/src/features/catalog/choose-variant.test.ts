import { describe, expect, it } from 'vitest';
import { choose, firstChoice, isPossible, variantOf } from './choose-variant';
import type { ProductOption } from './details-api';

function option(id: string, ...values: string[]): ProductOption {
  const listed = values.map((value, position) => ({ id: value, label: value, position }));
  return { id, name: id, position: 0, option_values: listed };
}

const options = [option('size', 's', 'm'), option('colour', 'red', 'blue')];
const variant = (id: string, active: boolean, ...combination: string[]) => ({
  id,
  active,
  combination,
});
const variants = [
  variant('gone', false, 's', 'blue'),
  variant('one', true, 's', 'red'),
  variant('two', true, 'm', 'red'),
  variant('three', true, 'm', 'blue'),
];

describe('choosing a variant', () => {
  it('starts with the first that is on sale', () => {
    expect(firstChoice(variants, options)).toEqual({ size: 's', colour: 'red' });
    expect(firstChoice([], options)).toEqual({});
  });

  it('finds the variant of a whole choice, and none of half a one', () => {
    expect(variantOf(variants, options, { size: 'm', colour: 'blue' })?.id).toBe('three');
    expect(variantOf(variants, options, { size: 'm' })).toBeUndefined();
    expect(variantOf(variants, options, { size: 's', colour: 'blue' })).toBeUndefined();
    expect(variantOf([variant('only', true)], [], {})?.id).toBe('only');
  });

  it('knows what cannot be had together', () => {
    expect(isPossible(variants, { size: 's' }, 'colour', 'red')).toBe(true);
    expect(isPossible(variants, { size: 's' }, 'colour', 'blue')).toBe(false);
    expect(isPossible(variants, { size: 's', colour: 'red' }, 'size', 'm')).toBe(true);
  });

  it('gives up what does not go with the latest choice', () => {
    const blue = choose(variants, { size: 's', colour: 'red' }, 'colour', 'blue');
    expect(blue).toEqual({ colour: 'blue' });
    expect(choose(variants, blue, 'size', 'm')).toEqual({ colour: 'blue', size: 'm' });
  });
});
