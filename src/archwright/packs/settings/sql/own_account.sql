-- What Auth knows of the caller, without anything that would let one sign in.
create function private.own_account() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'id', u.id,
    'email', u.email,
    'created_at', u.created_at,
    'last_sign_in_at', u.last_sign_in_at,
    'details', u.raw_user_meta_data
  )
  from auth.users u
  where u.id = (select auth.uid())
$$;
