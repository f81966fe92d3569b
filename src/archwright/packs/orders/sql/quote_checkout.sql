-- All that a checkout costs now, as one document: {currency, lines, parts, items_amount, discount_amount, shipping_amount,
-- tax_amount, tax_added_amount, total_amount, ready}. What is shown and what is placed both come from here. It is ready
-- when every line can be had and every store sends to the address.
create function private.quote_checkout(p_checkout uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  with lines as materialized (
    select row_number() over () as place, l.* from private.checkout_parts(p_checkout) l
  ),
  parts as (
    select
      sums.*, w.method_id, w.name as shipping_name, w.min_days, w.max_days, w.offered,
      coalesce(w.amount, 0) as shipping_amount,
      sums.lines_tax + coalesce(w.tax_amount, 0) as tax_amount,
      sums.lines_tax_added + coalesce(w.tax_added_amount, 0) as tax_added_amount
    from (
      select
        l.store_id, s.name as store_name, s.slug as store_slug,
        coalesce(sum(l.unit_amount * l.quantity), 0)::bigint as items_amount,
        coalesce(sum(l.discount_amount), 0)::bigint as discount_amount,
        coalesce(sum(l.tax_amount), 0)::bigint as lines_tax,
        coalesce(sum(l.tax_added_amount), 0)::bigint as lines_tax_added,
        sum(l.weight_g)::bigint as weight_g,
        bool_or(free.shipping) as free_shipping
      from lines l
      join public.stores s on s.id = l.store_id
      cross join lateral (
/*% if has('promotions') %*/
        select exists (
          select 1 from jsonb_array_elements(l.discounts) d
          join public.promotions p on p.id = (d ->> 'promotion_id')::uuid
          where p.kind = 'free_shipping'
        ) as shipping
/*% else %*/
        select false as shipping
/*% endif %*/
      ) free
      group by l.store_id, s.name, s.slug
    ) sums
    left join lateral private.checkout_shipping(
      p_checkout, sums.store_id, sums.weight_g, sums.items_amount - sums.discount_amount, sums.free_shipping
    ) w on true
  )
  select jsonb_build_object(
    'currency', c.currency,
    'lines', coalesce((select jsonb_agg(to_jsonb(l) - 'place' order by l.place) from lines l), '[]'),
    'parts', coalesce((
      select jsonb_agg(
        to_jsonb(p) - 'lines_tax' - 'lines_tax_added' || jsonb_build_object(
          'total_amount', p.items_amount - p.discount_amount + p.shipping_amount + p.tax_added_amount
        )
        order by p.store_name, p.store_id
      )
      from parts p
    ), '[]'),
    'items_amount', total.items, 'discount_amount', total.discount, 'shipping_amount', total.shipping,
    'tax_amount', total.tax, 'tax_added_amount', total.tax_added,
    'total_amount', total.items - total.discount + total.shipping + total.tax_added,
    'ready',
    exists (select 1 from lines)
    and not exists (select 1 from lines l where l.problem is not null)
    and not exists (select 1 from parts p where p.method_id is null)
  )
  from public.checkouts c
  cross join lateral (
    select
      coalesce(sum(p.items_amount), 0) as items, coalesce(sum(p.discount_amount), 0) as discount,
      coalesce(sum(p.shipping_amount), 0) as shipping, coalesce(sum(p.tax_amount), 0) as tax,
      coalesce(sum(p.tax_added_amount), 0) as tax_added
    from parts p
  ) total
  where c.id = p_checkout
$$;
