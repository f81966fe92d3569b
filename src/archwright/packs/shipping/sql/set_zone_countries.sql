-- The countries of a zone are these and no others; one that is in another zone of the store is refused, never taken away.
create function public.set_zone_countries(p_zone uuid, p_countries text[]) returns void
language plpgsql set search_path = '' as $$
declare
  v_store uuid;
begin
  select z.store_id into v_store from public.zones z where z.id = p_zone for update;
  if not found then
    raise exception 'there is no such zone of yours' using errcode = 'P0002';
  end if;
  delete from public.zone_countries c
  where c.store_id = v_store and c.zone_id = p_zone and c.country <> all (p_countries);
  insert into public.zone_countries (store_id, country, zone_id)
  select v_store, wanted.country, p_zone
  from (select distinct unnest(p_countries) as country) wanted
  where not exists (
    select 1 from public.zone_countries c
    where c.store_id = v_store and c.zone_id = p_zone and c.country = wanted.country
  )
  order by wanted.country;
end;
$$;
