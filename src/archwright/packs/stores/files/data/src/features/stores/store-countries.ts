/** Where stores can be, by ISO 3166-1 code; the names come from the browser. */
const CODES =
  'AE AR AT AU BE BG BH BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JO JP KE KR KW LT LU ' +
  'LV MA MT MX MY NG NL NO NZ OM PE PH PK PL PT QA RO SA SE SG SI SK TH TN TR TW UA US VN ZA';

/** The name of a country in a language. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}

/** These countries by name, and the one that is chosen already. */
export function countriesByName(
  language: string,
  chosen: string,
): { code: string; name: string }[] {
  const codes = new Set([...CODES.split(' '), ...(chosen === '' ? [] : [chosen])]);
  return [...codes]
    .map((code) => ({ code, name: countryName(code, language) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}
