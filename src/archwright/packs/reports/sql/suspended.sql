-- Whether that holds for the caller.
create function private.suspended() returns boolean
language sql stable security definer set search_path = '' as $$
  select private.is_suspended((select auth.uid()))
$$;
