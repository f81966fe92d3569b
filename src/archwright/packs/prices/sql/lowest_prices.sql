-- Definer: prices are read by staff only. `several` = the variants differ in price. The store's own currency comes first.
create function private.lowest_prices(p_product uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'currency', lowest.currency,
        'amount', lowest.amount,
        'compare_at', lowest.compare_at,
        'several', lowest.several
      )
      order by lowest.currency <> lowest.own, lowest.currency
    ),
    '[]'
  )
  from (
    select distinct on (offered.currency)
      offered.currency, offered.own, offered.amount, offered.compare_at,
      min(offered.amount) over by_currency <> max(offered.amount) over by_currency as several
    from (
      select distinct on (v.id, l.currency)
        v.id, l.currency, s.currency as own, x.amount, x.compare_at
      from public.variants v
      join public.stores s on s.id = v.store_id
      join public.prices x on x.variant_id = v.id and x.minimum_quantity = 1 and x.during @> now()
      join public.price_lists l on l.id = x.price_list_id and l.active
      where v.product_id = p_product and v.active
      order by v.id, l.currency, x.amount, x.id
    ) offered
    window by_currency as (partition by offered.currency)
    order by offered.currency, offered.amount, offered.id
  ) lowest
$$;
