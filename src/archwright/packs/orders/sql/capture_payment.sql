-- Money has come for a payment; p_key is the provider's name of the event, so that telling it twice counts once. An order that
-- waited for all of it now stands; one that is cancelled by then gets its money back (refund_due).
create function private.capture_payment(p_payment uuid, p_amount bigint, p_key text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_payment public.payments;
  v_status public.order_status;
begin
  select o.status into v_status
  from public.orders o
  join public.payments p on p.order_id = o.id
  where p.id = p_payment
  for update of o;
  insert into public.payment_events (payment_id, kind, event_key, amount, actor_id)
  values (p_payment, 'captured', p_key, p_amount, (select auth.uid()))
  on conflict (payment_id, event_key) do nothing;
  if not found then
    return;
  end if;
  update public.payments p
  set
    captured_amount = p.captured_amount + p_amount,
    refund_due_amount = p.refund_due_amount + case when v_status = 'cancelled' then p_amount else 0 end,
    status = 'captured'
  where p.id = p_payment
  returning p.* into v_payment;
  insert into public.order_events (order_id, kind, actor_id) values (v_payment.order_id, 'paid', (select auth.uid()));
  if v_status = 'awaiting_payment' and v_payment.captured_amount = v_payment.amount then
    perform private.settle_order(v_payment.order_id);
  end if;
end;
$$;
