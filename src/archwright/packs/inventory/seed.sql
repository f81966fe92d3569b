-- Of most variants there are plenty, of some only a few, and now and then none; a third of the stores keep things in two places.
insert into public.stock_locations (id, store_id, name, country)
select md5('outlet ' || s.id)::uuid, s.id, 'Outlet', s.country
from public.stores s
where mod(('x' || substr(md5(s.id::text), 1, 6))::bit(24)::int, 3) = 0
on conflict do nothing;

insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind, created_at)
select v.store_id, place.id, v.id, amount.quantity, 'receipt', v.created_at + interval '1 hour'
from public.variants v
join public.stock_locations place on place.store_id = v.store_id
cross join lateral (
  select ('x' || substr(md5('stock ' || v.id || place.name), 1, 6))::bit(24)::int as n
) hash
cross join lateral (
  select case when mod(hash.n, 9) = 0 then 0 when mod(hash.n, 5) = 0 then 1 + mod(hash.n, 6) else 20 + mod(hash.n, 180) end as quantity
) amount
where amount.quantity > 0;
