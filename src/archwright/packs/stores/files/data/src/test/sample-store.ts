import type { Store } from '@/features/stores/stores-api';

/** What a store has beyond this is for features to add: their fields are not in every app. */
const sample = {
  id: '00000000-0000-4000-8000-00000000b001',
  slug: 'corner-bakery',
  name: 'Corner Bakery',
  description: 'Bread since 1911.',
  logo_path: null,
  status: 'active',
  country: 'DE',
  currency: 'EUR',
  created_at: '2026-01-01T00:00:00Z',
};

/** A store for tests. */
export function sampleStore(fields: Partial<Store> = {}): Store {
  return { ...(sample as Store), ...fields };
}
