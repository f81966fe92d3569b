import { describe, expect, it } from 'vitest';
import { sampleAddress } from '@/test/sample-address';
import { addressLines, needsPostalCode } from './address-lines';
import { countriesByName, countryCodes, countryName, likelyCountry } from './countries';

describe('addressLines', () => {
  it('puts the postal code where the country has it', () => {
    const home = sampleAddress({ name: 'Ann', line1: '14 Birchwood Lane', city: 'Portland' });
    const american = { ...home, region: 'Oregon', postal_code: '97205', country: 'US' };
    expect(addressLines(american, 'en')).toEqual([
      'Ann',
      '14 Birchwood Lane',
      'Portland, Oregon 97205',
      'United States',
    ]);
    const italian = { ...home, city: 'Bologna', postal_code: '40126', country: 'IT' };
    expect(addressLines(italian, 'en').slice(2)).toEqual(['40126 Bologna', 'Italy']);
  });

  it('leaves out what is not there, and keeps a region on a line of its own', () => {
    const address = sampleAddress({
      line2: 'Flat 4',
      region: 'Galway',
      postal_code: null,
      country: 'ES',
      city: 'Lugo',
    });
    expect(addressLines(address, 'en').slice(2)).toEqual(['Flat 4', 'Lugo', 'Galway', 'Spain']);
  });
});

describe('countries', () => {
  it('are each there once, with a name', () => {
    expect(new Set(countryCodes).size).toBe(countryCodes.length);
    const list = countriesByName('en');
    expect(list).toHaveLength(countryCodes.length);
    expect(list.filter(({ code, name }) => code === name)).toEqual([]);
    const place = (code: string) => list.findIndex((country) => country.code === code);
    expect(place('AX')).toBeLessThan(place('AL')); // Åland is looked for among A
  });

  it('follow the language', () => {
    expect(countryName('DE', 'de')).toBe('Deutschland');
    expect(likelyCountry('en-GB')).toBe('GB');
    expect(likelyCountry('en')).toBe('');
    expect(likelyCountry('es-419')).toBe('');
  });

  it('know who goes without a postal code', () => {
    expect([needsPostalCode('DE'), needsPostalCode('HK'), needsPostalCode('')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
