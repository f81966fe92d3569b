-- What sending costs: each method of the zone in which a country is, cheapest first. p_weight in grams, p_amount (what the
-- lines cost) in minor units of p_currency. A method whose steps begin above it, or that ends below it, is not offered.
create function private.shipping_quotes(
  p_store uuid,
  p_country text,
  p_currency text,
  p_weight bigint,
  p_amount bigint
) returns table (method_id uuid, name text, amount bigint, min_days integer, max_days integer)
language sql stable security definer set search_path = '' as $$
  select m.id, m.name, step.amount, m.min_days, m.max_days
  from public.zone_countries c
  join public.shipping_methods m on m.zone_id = c.zone_id and m.active and m.currency = p_currency
  cross join lateral (
    select case m.basis when 'weight' then p_weight else p_amount end as measure
  ) reckoned
  cross join lateral (
    select r.amount
    from public.shipping_rates r
    where r.method_id = m.id and r.at_least <= reckoned.measure
    order by r.at_least desc
    limit 1
  ) step
  where c.store_id = p_store
    and c.country = p_country
    and (m.at_most is null or reckoned.measure <= m.at_most)
  order by step.amount, m.min_days, m.name, m.id
$$;
