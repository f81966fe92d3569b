-- Each store sends to its own country and its neighbours in the Union, cheaper from an amount on, and by weight overseas.
insert into public.zones (id, store_id, name)
select md5('zone ' || zone.name || s.id)::uuid, s.id, zone.name
from public.stores s
cross join (values ('At home'), ('European Union'), ('Overseas')) as zone (name)
where s.id::text like '00000000-0000-4000-8000-00000000b00_'
on conflict do nothing;

insert into public.zone_countries (store_id, country, zone_id)
select distinct on (s.id, place.country)
  s.id, place.country, md5('zone ' || place.zone || s.id)::uuid
from public.stores s
cross join lateral (
  select 1 as rank, 'At home' as zone, s.country
  union all
  select 2, 'European Union', unnest(array['AT', 'BE', 'DE', 'DK', 'ES', 'FI', 'FR', 'IE', 'IT', 'NL', 'PL', 'PT', 'SE'])
  union all
  select 3, 'Overseas', unnest(array['CA', 'CH', 'GB', 'JP', 'NO', 'US'])
) place
where s.id::text like '00000000-0000-4000-8000-00000000b00_'
order by s.id, place.country, place.rank
on conflict do nothing;

insert into public.shipping_methods (id, store_id, zone_id, name, currency, basis, at_most, min_days, max_days)
select
  md5(method.name || method.zone || s.id)::uuid, s.id, md5('zone ' || method.zone || s.id)::uuid, method.name, s.currency,
  method.basis::public.rate_basis, method.at_most, method.min_days, method.max_days
from public.stores s
cross join (
  values
    ('At home', 'Standard parcel', 'amount', null::bigint, 2, 3),
    ('At home', 'Express', 'weight', 10000, 1, 1),
    ('European Union', 'Standard parcel', 'amount', null, 4, 7),
    ('Overseas', 'Air mail', 'weight', 20000, 7, 14)
) as method (zone, name, basis, at_most, min_days, max_days)
where s.id::text like '00000000-0000-4000-8000-00000000b00_'
on conflict do nothing;

insert into public.shipping_rates (method_id, store_id, at_least, amount)
select md5(rate.name || rate.zone || s.id)::uuid, s.id, rate.at_least, rate.amount
from public.stores s
cross join (
  values
    ('At home', 'Standard parcel', 0, 490), ('At home', 'Standard parcel', 6000, 0),
    ('At home', 'Express', 0, 990), ('At home', 'Express', 5000, 1490),
    ('European Union', 'Standard parcel', 0, 990), ('European Union', 'Standard parcel', 10000, 0),
    ('Overseas', 'Air mail', 0, 1490), ('Overseas', 'Air mail', 1000, 2290), ('Overseas', 'Air mail', 5000, 4990)
) as rate (zone, name, at_least, amount)
where s.id::text like '00000000-0000-4000-8000-00000000b00_'
on conflict do nothing;
