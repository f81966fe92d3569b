-- Whether a member was sent a product: what is only ordered may still be cancelled.
create function private.bought_product(p_product_id uuid, p_member_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1
    from public.orders o
    join public.order_lines l on l.order_id = o.id
    join public.store_orders s on s.id = l.store_order_id
    where o.member_id = p_member_id
      and l.product_id = p_product_id
      and s.status in ('partly_shipped', 'shipped', 'delivered')
  )
$$;
