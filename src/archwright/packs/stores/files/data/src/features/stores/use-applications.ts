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
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['store_applications'] }),
        client.invalidateQueries({ queryKey: ['stores'] }),
      ]);
    },
  });
}
