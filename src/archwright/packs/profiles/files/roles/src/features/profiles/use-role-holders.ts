import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeRoles, fetchRoleHolders, fetchRolesOf, HOLDERS_PAGE } from './roles-api';

export function useRoleHolders() {
  return useInfiniteQuery({
    queryKey: ['user_roles', 'holders'],
    queryFn: ({ pageParam, signal }) => fetchRoleHolders(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (rows) => (rows.length < HOLDERS_PAGE ? null : rows.at(-1)?.handle),
  });
}

export function useRolesOf(memberId: string) {
  return useQuery({
    queryKey: ['user_roles', 'of', memberId],
    staleTime: 0, // another administrator may be at work too
    queryFn: ({ signal }) => fetchRolesOf(memberId, signal),
  });
}

export function useChangeRoles() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeRoles,
    // not waited for: whoever gives up the own role must be told before the page is gone
    onSuccess: () => void client.invalidateQueries({ queryKey: ['user_roles'] }),
  });
}
