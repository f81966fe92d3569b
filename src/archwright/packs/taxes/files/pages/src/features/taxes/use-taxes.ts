import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useOptimisticMutation } from '@/lib/optimistic';
import { patchRow } from '@/lib/patch-row';
import {
  addTaxClass,
  addTaxCountry,
  deleteTaxClass,
  endTaxRate,
  fetchTaxClasses,
  fetchTaxCountries,
  fetchTaxRates,
  setInclusive,
  setProductTaxClass,
  setStandardTaxClass,
  setTaxRate,
  type RateInput,
  type TaxCountry,
} from './taxes-api';

export function useTaxClasses() {
  return useQuery({
    queryKey: ['tax_classes'],
    queryFn: ({ signal }) => fetchTaxClasses(signal),
  });
}

export function useTaxRates(classId: string) {
  return useQuery({
    queryKey: ['tax_rates', classId],
    queryFn: ({ signal }) => fetchTaxRates(classId, signal),
  });
}

export function useTaxCountries() {
  return useQuery({
    queryKey: ['tax_countries'],
    queryFn: ({ signal }) => fetchTaxCountries(signal),
  });
}

type Change =
  | { kind: 'add-class'; name: string }
  | { kind: 'standard'; id: string }
  | { kind: 'delete-class'; id: string }
  | { kind: 'rate'; classId: string; input: RateInput }
  | { kind: 'end-rate'; id: string; until: string }
  | { kind: 'add-country'; country: string };

function apply(change: Change): Promise<void> {
  switch (change.kind) {
    case 'add-class':
      return addTaxClass(change.name);
    case 'standard':
      return setStandardTaxClass(change.id);
    case 'delete-class':
      return deleteTaxClass(change.id);
    case 'rate':
      return setTaxRate(change.classId, change.input);
    case 'end-rate':
      return endTaxRate(change.id, change.until);
    case 'add-country':
      return addTaxCountry(change.country);
  }
}

/** One change of what is taxed how; the database may refuse, so it is shown once it is done. */
export function useChangeTaxes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: apply,
    onSettled: () =>
      Promise.all(
        ['tax_classes', 'tax_rates', 'tax_countries'].map((table) =>
          client.invalidateQueries({ queryKey: [table] }),
        ),
      ),
  });
}

interface TaxedProduct {
  id: string;
  tax_class_id: string | null;
}

export function useSetProductTaxClass() {
  return useOptimisticMutation<TaxedProduct>({
    mutationKey: ['products', 'tax-class'],
    tables: ['products'],
    mutationFn: ({ id, tax_class_id: classId }) => setProductTaxClass(id, classId),
    optimistic: (client, { id, tax_class_id }) =>
      patchRow<TaxedProduct>(client, 'products', id, { tax_class_id }),
  });
}

export function useSetInclusive() {
  return useOptimisticMutation<{ country: string; inclusive: boolean }>({
    mutationKey: ['tax_countries', 'inclusive'],
    tables: ['tax_countries'],
    mutationFn: ({ country, inclusive }) => setInclusive(country, inclusive),
    optimistic: (client, { country, inclusive }) =>
      patchRow<TaxCountry>(client, 'tax_countries', country, { inclusive }),
  });
}
