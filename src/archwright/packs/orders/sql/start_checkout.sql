-- The caller's open checkout, made with their default addresses where there is none; a second call gives the same.
create function public.start_checkout() returns uuid
language sql set search_path = '' as $$
  select private.open_checkout()
$$;
