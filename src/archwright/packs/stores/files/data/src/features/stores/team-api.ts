import { supabase } from '@/lib/supabase';
import type { StoreRole } from './stores-api';

/** Somebody in a store's team. */
export interface TeamMember {
  member_id: string;
  role: StoreRole;
  created_at: string;
  member: { handle: string; display_name: string; avatar_path: string | null };
}

export const storeRoles = ['owner', 'manager', 'catalog', 'fulfilment', 'support'] as const;

/** The whole team, first come first. */
export async function fetchTeam(storeId: string, signal: AbortSignal): Promise<TeamMember[]> {
  const { data } = await supabase
    .from('store_members')
    .select(
      'member_id, role, created_at, member:profiles!store_members_member_id_fkey(handle, display_name, avatar_path)',
    )
    .eq('store_id', storeId)
    .order('created_at')
    .order('member_id')
    .limit(200)
    .abortSignal(signal)
    .throwOnError();
  return data;
}

export async function addTeamMember(storeId: string, handle: string, role: StoreRole): Promise<void> {
  await supabase
    .rpc('add_store_member', { p_store: storeId, p_handle: handle, p_role: role })
    .throwOnError();
}

export async function setTeamRole(storeId: string, member: string, role: StoreRole): Promise<void> {
  await supabase
    .rpc('set_store_role', { p_store: storeId, p_member: member, p_role: role })
    .throwOnError();
}

export async function removeTeamMember(storeId: string, member: string): Promise<void> {
  await supabase.rpc('remove_store_member', { p_store: storeId, p_member: member }).throwOnError();
}

/** Which roles somebody may give and take: owners all of them, managers those below their own. */
export function rolesGivenBy(role: StoreRole): readonly StoreRole[] {
  if (role === 'owner') return storeRoles;
  return role === 'manager' ? storeRoles.slice(2) : [];
}
