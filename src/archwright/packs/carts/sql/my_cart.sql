-- The caller's cart, the first thing put in first; seen_amount is what one cost when they last saw it.
create function public.my_cart()
returns table (
  variant_id uuid,
  quantity integer,
  product_id uuid,
  title text,
  variant_title text,
  picture_path text,
  store_id uuid,
  store_name text,
  store_slug text,
  amount bigint,
  currency text,
  in_stock boolean,
  left_count integer,
  seen_amount bigint
)
language sql stable set search_path = '' as $$
  select
    priced.variant_id, priced.quantity, priced.product_id, priced.title, priced.variant_title, priced.picture_path, priced.store_id,
    priced.store_name, priced.store_slug, priced.amount, priced.currency, priced.in_stock, priced.left_count, l.seen_amount
  from public.carts c
  cross join lateral public.priced_lines(
    (
      select coalesce(jsonb_agg(jsonb_build_object('variant_id', x.variant_id, 'quantity', x.quantity)), '[]')
      from public.cart_lines x
      where x.cart_id = c.id
    ),
    c.currency
  ) priced
  join public.cart_lines l on l.cart_id = c.id and l.variant_id = priced.variant_id
  where c.member_id = (select auth.uid())
  order by l.added_at, l.variant_id
$$;
