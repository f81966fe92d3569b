-- Takes somebody out of a store's team; everybody may leave, unless they are its last owner.
create function public.remove_store_member(p_store uuid, p_member uuid) returns void
language sql set search_path = '' as $$
  select private.drop_store_member(p_store, p_member)
$$;
