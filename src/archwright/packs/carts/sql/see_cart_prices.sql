-- Definer: carts are written by commands only, under the cart's lock.
create function private.see_cart_prices() returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_cart public.carts;
begin
  select c.* into v_cart from public.carts c where c.member_id = (select auth.uid()) for no key update;
  update public.cart_lines l
  set seen_amount = paid.amount
  from (
    select x.variant_id, found.amount
    from public.cart_lines x
    cross join lateral private.cart_price(x.variant_id, v_cart.currency, x.quantity) found
    where x.cart_id = v_cart.id
  ) paid
  where l.cart_id = v_cart.id
    and l.variant_id = paid.variant_id
    and l.seen_amount is distinct from paid.amount;
end;
$$;
