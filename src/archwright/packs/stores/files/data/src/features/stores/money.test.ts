import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney, plainMoney } from './money';

describe('amounts', () => {
  it('are shown with the digits of their currency', () => {
    expect(formatMoney(129_900, 'EUR', 'en')).toBe('€1,299.00');
    expect(formatMoney(1299, 'JPY', 'en')).toBe('¥1,299');
    expect(formatMoney(1299, 'KWD', 'en')).toMatch(/1\.299$/);
  });

  it('are read from what people type, without a rounding error', () => {
    expect(parseMoney('12.5', 'EUR')).toBe(1250);
    expect(parseMoney(' 0,29 ', 'EUR')).toBe(29);
    expect(parseMoney('1299', 'JPY')).toBe(1299);
    expect(parseMoney('1.999', 'KWD')).toBe(1999);
  });

  it('that a currency does not have are refused', () => {
    for (const text of ['', '-1', '1.234', '1e3', 'ten', '1.2.3']) {
      expect(parseMoney(text, 'EUR')).toBeNull();
    }
    expect(parseMoney('12.5', 'JPY')).toBeNull();
  });

  it('go into a field as they came out of it', () => {
    expect(plainMoney(1250, 'EUR')).toBe('12.50');
    expect(plainMoney(1299, 'JPY')).toBe('1299');
  });
});
