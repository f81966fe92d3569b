-- Definer: carts are written by commands only, under the cart's lock.
create function private.put_cart_lines(p_lines jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_cart public.carts;
begin
  if (select auth.uid()) is null or jsonb_array_length(p_lines) = 0 then
    return;
  end if;
  v_cart := private.open_cart((p_lines -> 0 ->> 'variant_id')::uuid);
  insert into public.cart_lines (cart_id, variant_id, quantity, seen_amount)
  select v_cart.id, line.variant_id, line.quantity, paid.amount
  from (
    select (x ->> 'variant_id')::uuid as variant_id, least(max((x ->> 'quantity')::integer), 99) as quantity
    from jsonb_array_elements(p_lines) x
    group by 1
  ) line
  left join lateral private.cart_price(line.variant_id, v_cart.currency, line.quantity) paid on true
  order by line.variant_id
  on conflict (cart_id, variant_id) do update
  set quantity = excluded.quantity
  where cart_lines.quantity < excluded.quantity;
  if (select count(*) from public.cart_lines l where l.cart_id = v_cart.id) > 100 then
    raise exception 'cart_full' using errcode = 'check_violation';
  end if;
  update public.carts set updated_at = now() where id = v_cart.id;
end;
$$;
