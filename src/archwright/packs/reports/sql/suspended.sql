-- Whether the caller may not publish anything for now.
create function private.suspended() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.suspensions s
    where s.user_id = (select auth.uid()) and s.ends_at > now()
  )
$$;
