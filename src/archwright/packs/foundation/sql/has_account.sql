-- Whether the caller's account still is there: a token is good for a while after its account has gone.
create function private.has_account() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from auth.users u where u.id = (select auth.uid()))
$$;
