-- Definer: carts are written by commands only, under the cart's lock.
create function private.write_cart_line(p_variant uuid, p_quantity integer) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_cart public.carts;
begin
  if (select auth.uid()) is null then
    raise exception 'sign in first' using errcode = '42501';
  end if;
  v_cart := private.open_cart(p_variant);
  if p_quantity <= 0 then
    delete from public.cart_lines l where l.cart_id = v_cart.id and l.variant_id = p_variant;
  else
    insert into public.cart_lines (cart_id, variant_id, quantity, seen_amount)
    select v_cart.id, p_variant, p_quantity, paid.amount
    from private.cart_price(p_variant, v_cart.currency, p_quantity) paid
    on conflict (cart_id, variant_id) do update
    set quantity = excluded.quantity
    where cart_lines.quantity <> excluded.quantity;
    if (select count(*) from public.cart_lines l where l.cart_id = v_cart.id) > 100 then
      raise exception 'cart_full' using errcode = 'check_violation';
    end if;
  end if;
  update public.carts set updated_at = now() where id = v_cart.id;
end;
$$;
