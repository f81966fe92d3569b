-- Definer: the ledger is written by commands only. One statement writes both sides, and the ledger locks both levels in the
-- order of their places: two who bring things to and fro wait for one another and never in a circle.
create function private.write_transfer(
  p_from uuid,
  p_to uuid,
  p_variant uuid,
  p_quantity integer,
  p_key uuid
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_store uuid;
begin
  select s.store_id into v_store from public.stock_locations s where s.id = p_from;
  if not found or not private.store_can_stock(v_store) or p_key is null or not exists (
    select 1 from public.stock_locations s where s.id = p_to and s.store_id = v_store
  ) then
    raise exception 'stock_not_allowed' using errcode = '42501';
  end if;
  if p_from = p_to then
    raise exception 'stock_same_location' using errcode = 'check_violation';
  end if;
  insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind, reference, request_key, actor_id)
  values
    (v_store, p_from, p_variant, -p_quantity, 'transfer_out', p_key, p_key, (select auth.uid())),
    (v_store, p_to, p_variant, p_quantity, 'transfer_in', p_key, p_key, (select auth.uid()))
  on conflict (request_key, kind) do nothing;
end;
$$;
