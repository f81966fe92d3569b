-- Definer: a checkout's member and currency are not the client's to say. In the currency of the cart.
create function private.open_checkout() returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
  v_checkout uuid;
begin
  insert into public.checkouts (member_id, currency, shipping_address_id, billing_address_id)
  select
    v_member, c.currency,
    (select a.id from public.addresses a where a.member_id = v_member and a.default_shipping),
    (select a.id from public.addresses a where a.member_id = v_member and a.default_billing)
  from public.carts c
  where c.member_id = v_member and exists (select 1 from public.cart_lines l where l.cart_id = c.id)
  on conflict (member_id) where status = 'open' do nothing;
  update public.checkouts k
  set currency = c.currency
  from public.carts c
  where c.member_id = v_member and k.member_id = v_member and k.status = 'open' and k.currency <> c.currency;
  select k.id into v_checkout from public.checkouts k where k.member_id = v_member and k.status = 'open';
  if v_checkout is null then
    raise exception 'checkout_empty' using errcode = 'P0002';
  end if;
  return v_checkout;
end;
$$;
