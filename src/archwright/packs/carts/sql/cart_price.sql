-- What one of a variant costs in a cart: in the cart's currency where it is sold in that, else in its store's own.
-- At most one row; none where it is not on sale.
create function private.cart_price(p_variant uuid, p_currency text, p_quantity integer)
returns table (amount bigint, currency text)
language sql stable security definer set search_path = '' rows 1 as $$
  select paid.amount, wanted.currency
  from public.variants v
  join public.stores s on s.id = v.store_id
  cross join lateral (values (1, p_currency), (2, s.currency)) as wanted (rank, currency)
  cross join lateral private.price_of(v.id, wanted.currency, greatest(p_quantity, 1)) paid
  where v.id = p_variant and v.active
  order by wanted.rank
  limit 1
$$;
