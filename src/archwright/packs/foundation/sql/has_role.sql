-- Whether the caller holds a role; definer, so that policies may ask without opening the table.
create function private.has_role(p_role text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.user_roles r
    where r.user_id = (select auth.uid()) and r.role::text = p_role
  )
$$;
