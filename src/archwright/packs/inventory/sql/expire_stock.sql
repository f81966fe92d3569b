-- Gives back what is held beyond its time, of up to 500 variants; returns of how many reservations. For a job, every minute:
-- nothing waits for it, since `available` and `reserve_stock` see for themselves what is over.
create function private.expire_stock() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_variants uuid[];
begin
  v_variants := array(
    select distinct due.variant_id
    from (
      select r.variant_id from public.stock_reservations r
      where r.status = 'held' and r.expires_at <= clock_timestamp()
      order by r.expires_at
      limit 500
    ) due
  );
  perform 1 from public.stock_levels l
  where l.variant_id = any (v_variants)
  order by l.variant_id, l.location_id
  for no key update;
  return private.give_back_stock(v_variants, null);
end;
$$;
