import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow, removeRow, type Undo } from '@/lib/patch-row';
import {
  addAddress,
  changeAddress,
  deleteAddress,
  fetchAddresses,
  setDefaultAddress,
  type Address,
  type AddressInput,
  type Defaults,
} from './addresses-api';

const OWN = ['addresses', 'own'] as const;

export function useAddresses() {
  return useQuery({ queryKey: OWN, queryFn: ({ signal }) => fetchAddresses(signal) });
}

/** Adds an address, or changes one; the database may refuse. */
export function useSaveAddress() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: AddressInput & Defaults & { id: string | null }) => {
      if (id === null) return addAddress(input);
      const { default_shipping: _shipping, default_billing: _billing, ...changed } = input;
      return changeAddress(id, changed);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: OWN }),
  });
}

export function useDeleteAddress() {
  return useOptimisticMutation<string>({
    mutationKey: ['addresses', 'delete'],
    tables: ['addresses'],
    mutationFn: deleteAddress,
    optimistic: (client, id) => removeRow(client, 'addresses', id),
  });
}

/** The chosen one gets what is wanted, the others lose it. */
function moveDefaults(client: QueryClient, id: string, wanted: Defaults): Undo[] {
  const rows = client.getQueryData<Address[]>(OWN) ?? [];
  return rows.map((row) =>
    patchRow<Address>(client, 'addresses', row.id, {
      default_shipping: wanted.default_shipping ? row.id === id : row.default_shipping,
      default_billing: wanted.default_billing ? row.id === id : row.default_billing,
    }),
  );
}

export function useDefaultAddress() {
  return useOptimisticMutation<Defaults & { id: string }>({
    mutationKey: ['addresses', 'default'],
    tables: ['addresses'],
    mutationFn: ({ id, ...wanted }) => setDefaultAddress(id, wanted),
    optimistic: (client, { id, ...wanted }) => moveDefaults(client, id, wanted),
  });
}
