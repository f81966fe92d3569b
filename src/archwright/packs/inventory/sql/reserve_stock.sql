-- Holds [{"variant_id": ..., "quantity": ...}, ...] for a holder (a checkout) until p_ttl from now, all or nothing, and
-- returns until when. Afterwards the holder has exactly these lines: called again with the same lines it prolongs them, with
-- others it exchanges them. Raises stock_not_enough (check_violation) with the variant's id as its detail.
-- Locks: the holder, then all levels in the order of (variant, place), as everything that moves several levels does; so
-- two carts with the same things wait for one another and never in a circle.
create function private.reserve_stock(p_lines jsonb, p_holder uuid, p_ttl interval) returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare
  v_variants uuid[];
  v_until timestamptz;
  v_line record;
begin
  perform pg_advisory_xact_lock(hashtextextended('stock holder ' || p_holder, 0));
  v_variants := array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(p_lines) line
    union
    select r.variant_id from public.stock_reservations r where r.holder = p_holder and r.status = 'held'
  );
  perform 1 from public.stock_levels l
  where l.variant_id = any (v_variants)
  order by l.variant_id, l.location_id
  for no key update;
  v_until := clock_timestamp() + p_ttl;
  if not exists (
    select 1
    from (
      select (line ->> 'variant_id')::uuid as variant_id, sum((line ->> 'quantity')::integer) as quantity
      from jsonb_array_elements(p_lines) line
      group by 1
    ) wanted
    full join (
      select r.variant_id, sum(r.quantity) as quantity
      from public.stock_reservations r
      where r.holder = p_holder and r.status = 'held'
      group by 1
    ) held using (variant_id)
    where wanted.quantity is distinct from held.quantity
  ) then
    update public.stock_reservations set expires_at = v_until where holder = p_holder and status = 'held';
    return v_until;
  end if;
  perform private.give_back_stock(v_variants, p_holder);
  for v_line in
    select (line ->> 'variant_id')::uuid as variant_id, sum((line ->> 'quantity')::integer)::integer as quantity
    from jsonb_array_elements(p_lines) line
    group by 1
    order by 1
  loop
    perform private.place_reservation(v_line.variant_id, v_line.quantity, p_holder, v_until);
  end loop;
  return v_until;
end;
$$;
