-- Writes an order, its parts, lines, discounts and addresses as a checkout's quote says, and counts what it uses of promotions.
create function private.copy_order(
  p_checkout public.checkouts,
  p_quote jsonb,
  p_until timestamptz
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_order uuid;
begin
  insert into public.orders (
    member_id, checkout_id, currency, pay_until, items_amount, discount_amount, shipping_amount, tax_amount, tax_added_amount,
    total_amount
  )
  select p_checkout.member_id, p_checkout.id, p_checkout.currency, p_until, q.items_amount, q.discount_amount,
    q.shipping_amount, q.tax_amount, q.tax_added_amount, q.total_amount
  from jsonb_to_record(p_quote) as q (
    items_amount bigint, discount_amount bigint, shipping_amount bigint, tax_amount bigint, tax_added_amount bigint,
    total_amount bigint
  )
  returning id into v_order;
  insert into public.order_addresses (order_id, kind, name, line1, line2, city, region, postal_code, country, phone)
  select v_order, x.kind, a.name, a.line1, a.line2, a.city, a.region, a.postal_code, a.country, a.phone
  from (
    values
      ('shipping'::public.order_address_kind, p_checkout.shipping_address_id), ('billing', p_checkout.billing_address_id)
  ) as x (kind, address_id)
  join public.addresses a on a.id = x.address_id;
/*% if has('promotions') %*/
  perform private.use_promotions(
    (
      select coalesce(jsonb_agg(d), '[]')
      from jsonb_array_elements(p_quote -> 'lines') line
      cross join lateral jsonb_array_elements(line -> 'discounts') d
    ),
    p_checkout.member_id,
    v_order
  );
/*% endif %*/
  insert into public.store_orders (
    order_id, store_id, shipping_method_id, shipping_name, min_days, max_days, items_amount, discount_amount,
    shipping_amount, tax_amount, tax_added_amount, total_amount
  )
  select v_order, x.store_id, x.method_id, x.shipping_name, x.min_days, x.max_days, x.items_amount, x.discount_amount,
    x.shipping_amount, x.tax_amount, x.tax_added_amount, x.total_amount
  from jsonb_to_recordset(p_quote -> 'parts') as x (
    store_id uuid, method_id uuid, shipping_name text, min_days integer, max_days integer, items_amount bigint,
    discount_amount bigint, shipping_amount bigint, tax_amount bigint, tax_added_amount bigint, total_amount bigint
  )
  order by x.store_id;
  with lines as (
    insert into public.order_lines (
      order_id, store_order_id, store_id, product_id, variant_id, title, variant_title, sku, picture_path, quantity,
      unit_amount, discount_amount, tax_rate, tax_amount, tax_added_amount, total_amount
    )
    select v_order, s.id, x.store_id, x.product_id, x.variant_id, x.title, x.variant_title, x.sku, x.picture_path, x.quantity,
      x.unit_amount, x.discount_amount, x.tax_rate, x.tax_amount, x.tax_added_amount, x.total_amount
    from jsonb_to_recordset(p_quote -> 'lines') as x (
      store_id uuid, product_id uuid, variant_id uuid, title text, variant_title text, sku text, picture_path text,
      quantity integer, unit_amount bigint, discount_amount bigint, tax_rate numeric, tax_amount bigint,
      tax_added_amount bigint, total_amount bigint
    )
    join public.store_orders s on s.order_id = v_order and s.store_id = x.store_id
    returning id, store_order_id, variant_id
  )
  insert into public.order_discounts (store_order_id, order_line_id, name, amount)
  select l.store_order_id, l.id, d ->> 'name', (d ->> 'amount')::bigint
  from jsonb_array_elements(p_quote -> 'lines') x
  cross join lateral jsonb_array_elements(x -> 'discounts') d
  join lines l on l.variant_id = (x ->> 'variant_id')::uuid;
  insert into public.order_events (order_id, kind, actor_id) values (v_order, 'created', p_checkout.member_id);
  return v_order;
end;
$$;
