import type { AddressInput } from './addresses-api';
import { countryName } from './countries';

/** Where the postal code stands behind the city; elsewhere it stands before. */
const CODE_LAST = new Set(['AU', 'BR', 'CA', 'CN', 'GB', 'IE', 'IN', 'JP', 'KR', 'NZ', 'SG', 'US', 'ZA']);

/** Where letters have no postal code, or may go without one. */
const WITHOUT_CODE = new Set(
  'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GA GD GH GM GQ GY HK KI KM KN KP LY ML MO MR MW NR NU QA RW SB SC SL SR ST SY TD TG TK TL TO TV UG VU WS YE ZW'.split(
    ' ',
  ),
);

export function needsPostalCode(country: string): boolean {
  return !WITHOUT_CODE.has(country);
}

/** An address as it stands on a parcel: one line each, the country last, nothing that is missing. */
export function addressLines(address: AddressInput, language: string): string[] {
  const { name, line1, line2, city, region, postal_code: code, country } = address;
  const place = CODE_LAST.has(country)
    ? [[city, region].filter(Boolean).join(', '), code]
    : [code, city];
  const lines = [name, line1, line2, place.filter(Boolean).join(' ')];
  if (region && !CODE_LAST.has(country)) lines.push(region);
  return [...lines, countryName(country, language)].filter((line): line is string =>
    Boolean(line),
  );
}
