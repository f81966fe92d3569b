-- Definer: prices are read by staff only, what is on sale costs what it costs for everyone. Up to 200 variants.
create function private.offered_prices(p_variants uuid[], p_currency text)
returns table (variant_id uuid, minimum_quantity integer, price_id uuid, amount bigint, compare_at bigint)
language sql stable security definer set search_path = '' rows 100 as $$
  select v.id, step.minimum_quantity, paid.price_id, paid.amount, paid.compare_at
  from unnest(p_variants[1:200]) as asked (id)
  cross join lateral (
    select x.id, x.store_id, x.product_id from public.variants x where x.id = asked.id and x.active limit 1
  ) v
  cross join lateral (
    select 1 from public.products p
    join public.stores s on s.id = p.store_id
    where p.id = v.product_id
      and ((p.status = 'active' and s.status = 'active') or private.store_staff(p.store_id))
    limit 1
  ) visible
  cross join lateral (
    select distinct x.minimum_quantity
    from public.prices x
    where x.variant_id = v.id and x.during @> now()
  ) step
  cross join lateral private.price_of(v.id, p_currency, step.minimum_quantity) paid
  cross join lateral (
    select 1 from public.prices x where x.id = paid.price_id and x.minimum_quantity = step.minimum_quantity limit 1
  ) own
  order by v.id, step.minimum_quantity
$$;
