-- Gives back what a holder has, and what is held beyond its time of some variants; returns of how many reservations.
-- The caller holds the locks of the levels concerned, in the order of variant and place.
create function private.give_back_stock(p_variants uuid[], p_holder uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_reservation record;
  v_given integer := 0;
begin
  for v_reservation in
    update public.stock_reservations r
    set status = 'released', settled_at = clock_timestamp()
    where r.status = 'held'
      and (r.holder = p_holder or (r.variant_id = any (p_variants) and r.expires_at <= clock_timestamp()))
    returning r.location_id, r.variant_id, r.quantity
  loop
    update public.stock_levels l
    set reserved = l.reserved - v_reservation.quantity
    where l.location_id = v_reservation.location_id and l.variant_id = v_reservation.variant_id;
    v_given := v_given + 1;
  end loop;
  return v_given;
end;
$$;
