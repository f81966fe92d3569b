-- An order comes to nothing: what is held goes back, what was sold is put back by movements, promotions may be used by others,
-- and what was paid is due to be given back. The caller has locked the order, and knows that nothing of it was sent.
create function private.undo_order(p_order uuid, p_kind public.order_event_kind, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_checkout uuid;
  v_payment record;
begin
  update public.orders o
  set status = 'cancelled', cancelled_at = clock_timestamp(), pay_until = null
  where o.id = p_order and o.status <> 'cancelled'
  returning o.checkout_id into v_checkout;
  if not found then
    return;
  end if;
  perform private.release_stock(v_checkout);
  insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind, reference, actor_id)
  select m.store_id, m.location_id, m.variant_id, -m.quantity, 'return', p_order, (select auth.uid())
  from public.stock_movements m
  where m.reference = p_order and m.kind = 'sale'
  order by m.variant_id, m.location_id;
/*% if has('promotions') %*/
  perform private.return_promotions(p_order);
/*% endif %*/
  update public.store_orders s set status = 'cancelled' where s.order_id = p_order;
  for v_payment in
    update public.payments p
    set
      status = case when p.captured_amount = 0 then 'cancelled'::public.payment_status else p.status end,
      refund_due_amount = p.captured_amount
    where p.order_id = p_order
    returning p.id, p.captured_amount
  loop
    insert into public.payment_events (payment_id, kind, event_key, amount, actor_id)
    values (
      v_payment.id,
      case when v_payment.captured_amount = 0 then 'cancelled'::public.payment_event_kind else 'refund_due' end,
      'order undone', v_payment.captured_amount, (select auth.uid())
    );
  end loop;
  insert into public.order_events (order_id, kind, note, actor_id)
  values (p_order, p_kind, coalesce(p_note, ''), (select auth.uid()));
end;
$$;
