-- Definer: checkouts are written by commands only. A method of another store breaks the foreign key.
create function private.write_shipping_choice(p_checkout uuid, p_store uuid, p_method uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.checkouts c
  where c.id = p_checkout and c.member_id = (select auth.uid()) and c.status = 'open'
  for no key update;
  if not found then
    raise exception 'checkout_not_yours' using errcode = 'P0002';
  end if;
  insert into public.checkout_methods (checkout_id, store_id, method_id)
  values (p_checkout, p_store, p_method)
  on conflict (checkout_id, store_id) do update set method_id = excluded.method_id;
end;
$$;
