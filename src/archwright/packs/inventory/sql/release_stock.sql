-- Gives back all that a holder has; returns of how many reservations. A second call gives back nothing.
create function private.release_stock(p_holder uuid) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('stock holder ' || p_holder, 0));
  perform 1 from public.stock_levels l
  where l.variant_id in (
    select r.variant_id from public.stock_reservations r where r.holder = p_holder and r.status = 'held'
  )
  order by l.variant_id, l.location_id
  for no key update;
  return private.give_back_stock('{}', p_holder);
end;
$$;
