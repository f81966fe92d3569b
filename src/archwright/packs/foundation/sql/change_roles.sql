-- Gives a member roles and takes roles away, all or none of it; for administrators.
create function public.change_roles(
  p_member uuid,
  p_grant public.app_role[] default '{}',
  p_revoke public.app_role[] default '{}'
) returns void
language sql volatile set search_path = '' as $$
  select private.change_roles_of(p_member, p_grant, p_revoke)
$$;
