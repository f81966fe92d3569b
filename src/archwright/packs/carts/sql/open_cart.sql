-- The caller's cart, locked; made with the currency of the store that sells a variant where there is none yet.
create function private.open_cart(p_variant uuid) returns public.carts
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
  v_cart public.carts;
begin
  insert into public.carts (member_id, currency)
  select v_member, s.currency
  from public.variants v
  join public.stores s on s.id = v.store_id
  where v.id = p_variant
  on conflict (member_id) do nothing;
  select c.* into v_cart from public.carts c where c.member_id = v_member for no key update;
  return v_cart;
end;
$$;
