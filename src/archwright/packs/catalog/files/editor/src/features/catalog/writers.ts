import type { StoreRole } from '@/features/stores/stores-api';

/** Who writes what a store sells. */
export const catalogWriters: readonly StoreRole[] = ['owner', 'manager', 'catalog'];

export function writesCatalog(role: StoreRole): boolean {
  return catalogWriters.includes(role);
}
