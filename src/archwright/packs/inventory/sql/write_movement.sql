-- Definer: the ledger is written by commands only.
create function private.write_movement(
  p_location uuid,
  p_variant uuid,
  p_quantity integer,
  p_kind public.movement_kind,
  p_reason text,
  p_key uuid
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_store uuid;
  v_movement uuid;
begin
  select s.store_id into v_store from public.stock_locations s where s.id = p_location;
  if not found or not private.store_can_stock(v_store) or p_kind not in ('receipt', 'adjustment') or p_key is null then
    raise exception 'stock_not_allowed' using errcode = '42501';
  end if;
  insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind, reason, request_key, actor_id)
  values (v_store, p_location, p_variant, p_quantity, p_kind, coalesce(p_reason, ''), p_key, (select auth.uid()))
  on conflict (request_key, kind) do nothing
  returning id into v_movement;
  if v_movement is null then
    select m.id into v_movement
    from public.stock_movements m
    where m.request_key = p_key and m.kind = p_kind and m.store_id = v_store;
  end if;
  return v_movement;
end;
$$;
