-- Definer: orders are written by commands only.
create function private.write_cancellation(p_order uuid, p_note text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_order public.orders;
begin
  select o.* into v_order from public.orders o where o.id = p_order for update;
  if not found or not (v_order.member_id is not distinct from (select auth.uid()) or private.has_role('support')) then
    raise exception 'order_not_allowed' using errcode = '42501';
  end if;
  perform 1 from public.store_orders s where s.order_id = p_order order by s.id for update;
  if exists (
    select 1 from public.store_orders s
    where s.order_id = p_order and s.status not in ('awaiting_payment', 'open', 'cancelled')
  ) then
    raise exception 'order_on_its_way' using errcode = 'check_violation';
  end if;
  perform private.undo_order(p_order, 'cancelled', p_note);
end;
$$;
