-- How a store sends its part of a checkout: the chosen method where it is still offered, else the cheapest, with what it costs
-- and the standard tax on that; offered are all of them. No method: the store does not send there (or no address is known).
create function private.checkout_shipping(
  p_checkout uuid,
  p_store uuid,
  p_weight bigint,
  p_amount bigint,
  p_free boolean
) returns table (
  method_id uuid,
  name text,
  min_days integer,
  max_days integer,
  amount bigint,
  tax_amount bigint,
  tax_added_amount bigint,
  offered jsonb
)
language sql stable security definer set search_path = '' as $$
  with place as (
    select c.currency, a.country, a.region, private.tax_is_inclusive(a.country) as inclusive, m.method_id as chosen
    from public.checkouts c
    left join public.addresses a on a.id = c.shipping_address_id
    left join public.checkout_methods m on m.checkout_id = c.id and m.store_id = p_store
    where c.id = p_checkout
  ),
  quotes as (
    select q.*, row_number() over () as rank
    from place
    cross join lateral private.shipping_quotes(p_store, place.country, place.currency, p_weight, p_amount) q
  ),
  taken as (
    select q.method_id, q.name, q.min_days, q.max_days, case when p_free then 0 else q.amount end as amount
    from quotes q
    cross join place
    order by q.method_id = place.chosen desc nulls last, q.rank
    limit 1
  )
  select
    t.method_id, t.name, t.min_days, t.max_days, t.amount, tax.amount, case when place.inclusive then 0 else tax.amount end,
    (
      select jsonb_agg(jsonb_build_object(
        'method_id', q.method_id, 'name', q.name, 'amount', q.amount, 'min_days', q.min_days, 'max_days', q.max_days
      ) order by q.rank)
      from quotes q
    )
  from taken t
  cross join place
  cross join lateral (
    select private.tax_on(
      t.amount, private.tax_of(null, place.country, place.region, current_date), place.inclusive
    ) as amount
  ) tax
$$;
