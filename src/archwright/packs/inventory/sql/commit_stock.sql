-- What a holder has is sold: each reservation becomes a movement that names p_reference (an order). Returns how many; a second
-- call with the same reference finds it done. Raises stock_reservation_gone where all was given back. What is still held
-- is sold also beyond its time, as nobody else can have it until then.
create function private.commit_stock(p_holder uuid, p_reference uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_reservation record;
  v_sold integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('stock holder ' || p_holder, 0));
  perform 1 from public.stock_levels l
  where l.variant_id in (
    select r.variant_id from public.stock_reservations r where r.holder = p_holder and r.status = 'held'
  )
  order by l.variant_id, l.location_id
  for no key update;
  for v_reservation in
    update public.stock_reservations r
    set status = 'committed', settled_at = clock_timestamp()
    where r.holder = p_holder and r.status = 'held'
    returning r.store_id, r.location_id, r.variant_id, r.quantity
  loop
    update public.stock_levels l
    set reserved = l.reserved - v_reservation.quantity
    where l.location_id = v_reservation.location_id and l.variant_id = v_reservation.variant_id;
    insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind, reference, actor_id)
    values (
      v_reservation.store_id, v_reservation.location_id, v_reservation.variant_id, -v_reservation.quantity, 'sale',
      p_reference, (select auth.uid())
    );
    v_sold := v_sold + 1;
  end loop;
  if v_sold = 0 then
    select count(*) into v_sold from public.stock_reservations r where r.holder = p_holder and r.status = 'committed';
    if v_sold = 0 then
      raise exception 'stock_reservation_gone' using errcode = 'check_violation';
    end if;
  end if;
  return v_sold;
end;
$$;
