-- What is in the cart of a checkout's member, as it can be bought now: price of one, tax rate at the address, and what is wrong
-- with a line: gone (not on sale any more), currency (no price in that of the checkout), stock (fewer are left).
create function private.checkout_lines(p_checkout uuid)
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
  tax_rate numeric,
  problem text
)
language sql stable security definer set search_path = '' as $$
  select
    l.variant_id, v.product_id, v.store_id, p.title, v.title, v.sku, picture.path, l.quantity,
    l.quantity * coalesce(v.weight_g, 0)::bigint, paid.amount,
    private.tax_of(p.tax_class_id, a.country, a.region, current_date),
    case
      when not (v.active and p.status = 'active' and s.status = 'active') then 'gone'
      when paid.amount is null then 'currency'
      when l.quantity > private.available(v.id) + held.quantity then 'stock'
    end
  from public.checkouts c
  join public.carts k on k.member_id = c.member_id
  join public.cart_lines l on l.cart_id = k.id
  join public.variants v on v.id = l.variant_id
  join public.products p on p.id = v.product_id
  join public.stores s on s.id = v.store_id
  left join public.addresses a on a.id = c.shipping_address_id
  left join lateral private.price_of(v.id, c.currency, l.quantity) paid on true
  cross join lateral (
    select coalesce(sum(r.quantity), 0) as quantity
    from public.stock_reservations r
    where r.holder = c.id and r.variant_id = v.id and r.status = 'held' and r.expires_at > now()
  ) held
  left join lateral (
    select m.path from public.product_media m where m.product_id = p.id order by m.position, m.id limit 1
  ) picture on true
  where c.id = p_checkout
  order by l.added_at, l.variant_id
$$;
