-- Whether the caller may give this role in a store, or take it: owners any, managers those below their own.
create function private.may_place_in_store(p_store uuid, p_role public.store_role) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.store_owner(p_store)
    or (private.store_can_manage(p_store) and p_role not in ('owner', 'manager'))
$$;
