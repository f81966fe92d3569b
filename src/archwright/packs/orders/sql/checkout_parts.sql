-- What a checkout's lines cost with what is given off them, and the tax on each: rounded once a line.
-- discounts: [{"promotion_id", "coupon_id", "name", "amount"}, ...] of the line; a part's free shipping is on its first line.
create function private.checkout_parts(p_checkout uuid)
returns table (
  variant_id uuid,
  product_id uuid,
  store_id uuid,
  title text,
  variant_title text,
  sku text,
  picture_path text,
  quantity integer,
  weight_g bigint,
  unit_amount bigint,
  discount_amount bigint,
  tax_rate numeric,
  tax_amount bigint,
  tax_added_amount bigint,
  total_amount bigint,
  discounts jsonb,
  problem text
)
language sql stable security definer set search_path = '' as $$
  with lines as materialized (
    select * from private.checkout_lines(p_checkout)
  ),
  place as (
    select c.member_id, c.currency, c.codes, private.tax_is_inclusive(a.country) as inclusive
    from public.checkouts c
    left join public.addresses a on a.id = c.shipping_address_id
    where c.id = p_checkout
  )
/*% if has('promotions') %*/
  ,
  given as (
    select
      of_store.store_id, d.promotion_id, d.coupon_id, d.name, d.amount,
      coalesce(d.variant_id, of_store.first_variant) as variant_id
    from place
    cross join (
      select
        l.store_id,
        jsonb_agg(jsonb_build_object(
          'variant_id', l.variant_id, 'product_id', l.product_id, 'quantity', l.quantity, 'amount', l.unit_amount
        )) as listed,
        (array_agg(l.variant_id order by l.variant_id))[1] as first_variant
      from lines l
      where l.unit_amount is not null
      group by l.store_id
    ) of_store
    cross join lateral private.discounts_for(
      of_store.listed, of_store.store_id, place.currency, place.member_id, place.codes,
      not exists (select 1 from public.orders o where o.member_id = place.member_id and o.status <> 'cancelled')
    ) d
  )
/*% endif %*/
  select
    l.variant_id, l.product_id, l.store_id, l.title, l.variant_title, l.sku, l.picture_path, l.quantity, l.weight_g,
    l.unit_amount, off.amount, l.tax_rate, tax.amount, case when place.inclusive then 0 else tax.amount end,
    l.unit_amount * l.quantity - off.amount + case when place.inclusive then 0 else tax.amount end,
    off.listed, l.problem
  from lines l
  cross join place
  cross join lateral (
/*% if has('promotions') %*/
    select
      coalesce(sum(g.amount), 0)::bigint as amount,
      coalesce(
        jsonb_agg(jsonb_build_object(
          'promotion_id', g.promotion_id, 'coupon_id', g.coupon_id, 'name', g.name, 'amount', g.amount
        ) order by g.promotion_id),
        '[]'
      ) as listed
    from given g
    where g.variant_id = l.variant_id
/*% else %*/
    select 0::bigint as amount, '[]'::jsonb as listed
/*% endif %*/
  ) off
  cross join lateral (
    select private.tax_on(l.unit_amount * l.quantity - off.amount, l.tax_rate, place.inclusive) as amount
  ) tax
$$;
