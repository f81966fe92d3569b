-- An order stands: what its checkout holds is sold, and its stores may begin. A second call finds it done.
create function private.settle_order(p_order uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_checkout uuid;
begin
  update public.orders o
  set status = 'placed', placed_at = clock_timestamp(), pay_until = null
  where o.id = p_order and o.status = 'awaiting_payment'
  returning o.checkout_id into v_checkout;
  if not found then
    return;
  end if;
  perform private.commit_stock(v_checkout, p_order);
  update public.store_orders s set status = 'open' where s.order_id = p_order and s.status = 'awaiting_payment';
  insert into public.order_events (order_id, kind, actor_id) values (p_order, 'placed', (select auth.uid()));
end;
$$;
