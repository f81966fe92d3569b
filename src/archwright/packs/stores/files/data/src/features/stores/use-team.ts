import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StoreRole } from './stores-api';
import { addTeamMember, fetchTeam, removeTeamMember, setTeamRole } from './team-api';

export function useTeam(storeId: string) {
  return useQuery({
    queryKey: ['store_members', storeId],
    queryFn: ({ signal }) => fetchTeam(storeId, signal),
  });
}

type Change =
  | { kind: 'add'; handle: string; role: StoreRole }
  | { kind: 'role'; member: string; role: StoreRole }
  | { kind: 'remove'; member: string };

/** One change of a team. Whoever leaves or steps down sees less of the store from then on. */
export function useChangeTeam(storeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => {
      if (change.kind === 'add') return addTeamMember(storeId, change.handle, change.role);
      if (change.kind === 'role') return setTeamRole(storeId, change.member, change.role);
      return removeTeamMember(storeId, change.member);
    },
    // not waited for: whoever leaves must be led away before the page is gone
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['store_members', storeId] });
      void client.invalidateQueries({ queryKey: ['stores', 'own'] });
    },
  });
}
