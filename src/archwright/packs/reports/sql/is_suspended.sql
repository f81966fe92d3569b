-- Whether a member may not publish anything for now, nor act in any role.
create function private.is_suspended(p_member uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.suspensions s
    where s.user_id = p_member and s.ends_at > now()
  )
$$;
