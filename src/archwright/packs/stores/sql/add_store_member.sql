-- Takes a member, found by handle, into a store's team.
create function public.add_store_member(
  p_store uuid,
  p_handle text,
  p_role public.store_role
) returns void
language sql set search_path = '' as $$
  select private.put_store_member(p_store, p_handle, p_role)
$$;
