-- Whether the caller sends a part of an order that is not delivered yet.
create function private.sends_order(p_order uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.store_orders s
    where s.order_id = p_order
      and s.status in ('open', 'partly_shipped', 'shipped')
      and private.store_can_fulfil(s.store_id)
  )
$$;
