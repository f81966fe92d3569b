-- Definer: payments are written by commands only.
create function private.write_confirmation(p_payment uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_amount bigint;
begin
  select p.amount into v_amount
  from public.payments p
  join public.payment_methods m on m.code = p.method and m.kind = 'manual'
  where p.id = p_payment and private.has_role('support');
  if not found then
    raise exception 'order_not_allowed' using errcode = '42501';
  end if;
  perform private.capture_payment(p_payment, v_amount, 'confirmed');
end;
$$;
