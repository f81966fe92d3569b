-- Takes a quantity of one variant from its places: from one that has all of it if there is one, else from several.
-- The caller holds the locks of the variant's levels.
create function private.place_reservation(
  p_variant uuid,
  p_quantity integer,
  p_holder uuid,
  p_until timestamptz
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_level record;
  v_left integer := p_quantity;
  v_taken integer;
begin
  for v_level in
    select l.location_id, l.store_id, l.on_hand - l.reserved as free
    from public.stock_levels l
    join public.stock_locations s on s.id = l.location_id and s.active
    where l.variant_id = p_variant and l.on_hand > l.reserved
    order by l.on_hand - l.reserved >= p_quantity desc, l.on_hand - l.reserved desc, l.location_id
  loop
    exit when v_left <= 0;
    v_taken := least(v_left, v_level.free);
    update public.stock_levels l
    set reserved = l.reserved + v_taken
    where l.location_id = v_level.location_id and l.variant_id = p_variant;
    insert into public.stock_reservations (store_id, location_id, variant_id, quantity, holder, expires_at)
    values (v_level.store_id, v_level.location_id, p_variant, v_taken, p_holder, p_until);
    v_left := v_left - v_taken;
  end loop;
  if v_left > 0 then
    raise exception 'stock_not_enough' using errcode = 'check_violation', detail = p_variant::text;
  end if;
end;
$$;
