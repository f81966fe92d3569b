import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnStore } from '@/features/stores/stores-api';
import {
  addZone,
  deleteMethod,
  deleteZone,
  fetchZones,
  saveMethod,
  setMethodActive,
  setZoneCountries,
  type MethodInput,
} from './shipping-api';

export type Store = OwnStore['store'];

export function useZones(storeId: string) {
  return useQuery({
    queryKey: ['zones', storeId],
    queryFn: ({ signal }) => fetchZones(storeId, signal),
  });
}

type Change =
  | { kind: 'add-zone'; name: string }
  | { kind: 'delete-zone'; id: string }
  | { kind: 'countries'; id: string; countries: string[] }
  | { kind: 'active'; id: string; active: boolean }
  | { kind: 'delete-method'; id: string }
  | { kind: 'method'; id: string | null; zoneId: string; input: MethodInput };

function apply(store: Store, change: Change): Promise<void> {
  switch (change.kind) {
    case 'add-zone':
      return addZone(store.id, change.name);
    case 'delete-zone':
      return deleteZone(change.id);
    case 'countries':
      return setZoneCountries(change.id, change.countries);
    case 'active':
      return setMethodActive(change.id, change.active);
    case 'delete-method':
      return deleteMethod(change.id);
    case 'method': {
      const where = { store_id: store.id, zone_id: change.zoneId, currency: store.currency };
      return saveMethod(change.id, where, change.input);
    }
  }
}

/** One change of a store's shipping; the database may refuse, so it is shown once it is done. */
export function useChangeShipping(store: Store) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => apply(store, change),
    onSettled: () => client.invalidateQueries({ queryKey: ['zones', store.id] }),
  });
}
