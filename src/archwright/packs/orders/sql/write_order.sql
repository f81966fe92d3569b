-- Locks in this order: the checkout, the cart, the levels of stock, promotions, the store's numbers. Stock is held first; it is
-- sold at once where nobody has to be waited for, else when the payment comes, for which there are 30 minutes.
create function private.write_order(p_checkout uuid, p_method text, p_total bigint) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_checkout public.checkouts;
  v_kind public.payment_kind;
  v_quote jsonb;
  v_order uuid;
  v_until timestamptz;
begin
  select c.* into v_checkout
  from public.checkouts c
  where c.id = p_checkout and c.member_id = (select auth.uid())
  for update;
  if not found then
    raise exception 'checkout_not_yours' using errcode = 'P0002';
  end if;
  if v_checkout.status = 'placed' then
    return (select o.id from public.orders o where o.checkout_id = p_checkout);
  end if;
  select m.kind into v_kind from public.payment_methods m where m.code = p_method and m.active;
  if not found then
    raise exception 'checkout_method_unknown' using errcode = 'P0002';
  end if;
  perform 1 from public.carts k where k.member_id = v_checkout.member_id for no key update;
  v_quote := private.quote_checkout(p_checkout);
  if jsonb_array_length(v_quote -> 'lines') = 0 then
    raise exception 'checkout_empty' using errcode = 'P0002';
  elsif v_checkout.shipping_address_id is null or v_checkout.billing_address_id is null then
    raise exception 'checkout_address_missing' using errcode = 'P0002';
  elsif not (v_quote ->> 'ready')::boolean then
    raise exception 'checkout_problem' using errcode = 'check_violation';
  elsif (v_quote ->> 'total_amount')::bigint <> p_total then
    raise exception 'checkout_total_changed' using errcode = 'check_violation';
  end if;
  v_until := private.reserve_stock(v_quote -> 'lines', p_checkout, interval '30 minutes');
  v_order := private.copy_order(v_checkout, v_quote, case when v_kind = 'provider' then v_until end);
  insert into public.payments (order_id, method, currency, amount) values (v_order, p_method, v_checkout.currency, p_total);
  update public.checkouts c set status = 'placed' where c.id = p_checkout;
  delete from public.cart_lines l
  using public.carts k
  where k.member_id = v_checkout.member_id and l.cart_id = k.id;
  if v_kind <> 'provider' or p_total = 0 then
    perform private.settle_order(v_order);
  end if;
  if v_kind = 'test' then
    perform private.capture_payment((select p.id from public.payments p where p.order_id = v_order), p_total, 'test');
  end if;
  return v_order;
end;
$$;
