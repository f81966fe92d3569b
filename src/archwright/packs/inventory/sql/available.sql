-- How many of a variant can be reserved now, in all active places; what is held beyond its time counts as free already.
create function private.available(p_variant uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select (
    coalesce((
      select sum(l.on_hand - l.reserved)
      from public.stock_levels l
      join public.stock_locations s on s.id = l.location_id and s.active
      where l.variant_id = p_variant
    ), 0)
    + coalesce((
      select sum(r.quantity)
      from public.stock_reservations r
      join public.stock_locations s on s.id = r.location_id and s.active
      where r.variant_id = p_variant and r.status = 'held' and r.expires_at <= now()
    ), 0)
  )::integer
$$;
