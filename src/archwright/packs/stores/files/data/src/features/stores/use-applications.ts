import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from '@/lib/session';
import {
  applyForStore,
  decideApplication,
  fetchCurrencies,
  fetchOpenApplications,
  fetchOwnApplications,
} from './applications-api';

export function useOwnApplications() {
  const { userId } = useSession();
  return useQuery({
    queryKey: ['store_applications', 'own'],
    queryFn: ({ signal }) => (userId === null ? [] : fetchOwnApplications(userId, signal)),
    enabled: userId !== null,
  });
}

export function useOpenApplications() {
  return useQuery({
    queryKey: ['store_applications', 'open'],
    queryFn: ({ signal }) => fetchOpenApplications(signal),
  });
}

export function useCurrencies() {
  return useQuery({
    queryKey: ['currencies', 'known'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => fetchCurrencies(signal),
  });
}

export function useApplyForStore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: applyForStore,
    onSuccess: () => client.invalidateQueries({ queryKey: ['store_applications'] }),
  });
}

export function useDecideApplication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decideApplication,
    // not waited for: the card must tell what was decided before it is gone
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['store_applications'] });
      void client.invalidateQueries({ queryKey: ['stores'] });
    },
  });
}
