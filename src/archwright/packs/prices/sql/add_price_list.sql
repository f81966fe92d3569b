-- Another price list of a store; the first one of a currency is its default. The same name again is the same list.
create function public.add_price_list(p_store uuid, p_name text, p_currency text) returns uuid
language sql set search_path = '' as $$
  select private.make_price_list(p_store, p_name, p_currency)
$$;
