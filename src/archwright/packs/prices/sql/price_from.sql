-- A computed column: what the cheapest variant costs now, in each currency, [{ currency, amount, compare_at, several }].
create function public.price_from(public.products) returns jsonb
language sql stable set search_path = '' as $$
  select private.lowest_prices($1.id)
$$;
