-- Gives somebody in a store's team another role.
create function public.set_store_role(
  p_store uuid,
  p_member uuid,
  p_role public.store_role
) returns void
language sql set search_path = '' as $$
  select private.move_store_member(p_store, p_member, p_role)
$$;
