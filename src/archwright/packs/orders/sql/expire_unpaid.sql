-- Skips what somebody else has locked at this moment: a payment that arrives wins.
create function private.expire_unpaid() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_order uuid;
  v_expired integer := 0;
begin
  for v_order in
    select o.id from public.orders o
    where o.status = 'awaiting_payment' and o.pay_until < now()
    order by o.pay_until
    limit 100
    for update skip locked
  loop
    perform private.undo_order(v_order, 'expired', '');
    v_expired := v_expired + 1;
  end loop;
  return v_expired;
end;
$$;
