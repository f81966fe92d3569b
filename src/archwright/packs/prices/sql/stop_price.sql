-- Definer: prices are written by commands only. What has held stays on record.
create function private.stop_price(p_price uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_price public.prices;
begin
  select x.* into v_price from public.prices x where x.id = p_price;
  if not found then
    return;
  end if;
  if not private.store_can_catalog(v_price.store_id) then
    raise exception 'price_not_allowed' using errcode = '42501';
  end if;
  perform 1 from public.variants v where v.id = v_price.variant_id for no key update;
  delete from public.prices x where x.id = p_price and lower(x.during) >= clock_timestamp();
  update public.prices x
  set during = tstzrange(lower(x.during), clock_timestamp(), '[)')
  where x.id = p_price and x.during @> clock_timestamp();
end;
$$;
