-- What variants cost now, by quantity: a row for each quantity from which one pays less. Of what is not on sale there is none.
create function public.current_prices(p_variants uuid[], p_currency text)
returns table (variant_id uuid, minimum_quantity integer, price_id uuid, amount bigint, compare_at bigint)
language sql stable set search_path = '' as $$
  select o.variant_id, o.minimum_quantity, o.price_id, o.amount, o.compare_at
  from private.offered_prices(p_variants, p_currency) o
$$;
