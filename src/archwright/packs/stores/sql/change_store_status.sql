-- Suspends a store or lifts that (administrators), closes or opens one again (its owners).
create function public.change_store_status(p_store uuid, p_status public.store_status) returns void
language sql set search_path = '' as $$
  select private.move_store(p_store, p_status)
$$;
