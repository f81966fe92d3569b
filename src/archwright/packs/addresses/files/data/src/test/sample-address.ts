import type { Address } from '@/features/addresses/addresses-api';

/** An address for tests. */
export function sampleAddress(change: Partial<Address> = {}): Address {
  return {
    id: 'home',
    name: 'Ann Lee',
    line1: 'Lindenstraße 41',
    line2: null,
    city: 'Berlin',
    region: null,
    postal_code: '10969',
    country: 'DE',
    phone: null,
    default_shipping: false,
    default_billing: false,
    ...change,
  };
}
