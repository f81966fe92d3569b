/** How many digits of an amount are minor units: 2 for EUR, 0 for JPY. */
function currencyDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in minor units as people read it: (129900, 'EUR', 'en') -> "€1,299.00" */
export function formatMoney(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(
    amount / 10 ** currencyDigits(currency),
  );
}

/** What somebody typed as minor units ("12.5" -> 1250); null where it is no amount of the currency. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = currencyDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return null;
  return Number(whole + fraction.padEnd(digits, '0'));
}

/** Minor units as one types them: (1250, 'EUR') -> "12.50" */
export function plainMoney(amount: number, currency: string): string {
  const digits = currencyDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
