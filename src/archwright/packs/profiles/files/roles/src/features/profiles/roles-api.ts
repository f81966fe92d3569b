import { Constants, type Enums } from '@/lib/database.types';
import { supabase } from '@/lib/supabase';
import type { ProfileSummary } from './profiles-api';

export type AppRole = Enums<'app_role'>;
export const appRoles = Constants.public.Enums.app_role;

/** Whose roles are looked at or changed. */
export type Member = ProfileSummary & { id: string };
export type RoleHolder = Member & { roles: AppRole[] };

export const HOLDERS_PAGE = 20;

/** One page of those who hold roles, by handle, behind the last handle of the page before. */
export async function fetchRoleHolders(after: string, signal: AbortSignal): Promise<RoleHolder[]> {
  const { data } = await supabase
    .rpc('role_holders', { p_after: after, p_limit: HOLDERS_PAGE })
    .abortSignal(signal)
    .throwOnError();
  return data;
}

/** The roles that a member was given, without those that they include. */
export async function fetchRolesOf(memberId: string, signal: AbortSignal): Promise<AppRole[]> {
  const { data } = await supabase
    .from('user_roles')
    .select('role')
    .eq('user_id', memberId)
    .abortSignal(signal)
    .throwOnError();
  return data.map(({ role }) => role);
}

export interface RoleChange {
  memberId: string;
  grant: readonly AppRole[];
  revoke: readonly AppRole[];
}

/** Gives and takes roles in one go; the database refuses to be left without an administrator. */
export async function changeRoles({ memberId, grant, revoke }: RoleChange): Promise<void> {
  await supabase
    .rpc('change_roles', { p_member: memberId, p_grant: [...grant], p_revoke: [...revoke] })
    .throwOnError();
}
