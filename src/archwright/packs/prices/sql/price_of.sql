-- What one of a variant costs when so many are bought: the lowest of the prices that hold then, and which one that is.
create function private.price_of(
  p_variant uuid,
  p_currency text,
  p_quantity integer default 1,
  p_at timestamptz default now()
) returns table (price_id uuid, amount bigint, compare_at bigint)
language sql stable security definer set search_path = '' rows 1 as $$
  select x.id, x.amount, x.compare_at
  from public.prices x
  join public.price_lists l on l.id = x.price_list_id
  where x.variant_id = p_variant
    and x.minimum_quantity <= p_quantity
    and x.during @> p_at
    and l.currency = p_currency
    and l.active
  order by x.amount, x.minimum_quantity, x.id
  limit 1
$$;
