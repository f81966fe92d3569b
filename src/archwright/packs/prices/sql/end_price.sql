-- A price holds no longer, from now on; what is yet to come is forgotten with it.
create function public.end_price(p_price uuid) returns void
language sql set search_path = '' as $$
  select private.stop_price(p_price)
$$;
