-- What the sample people looked at these days: most of them a few things, what and when follows from the ids.
insert into public.product_views (member_id, product_id, viewed_at)
select p.id, t.id, now() - interval '1 day' * (mod(k.n, 180) / 10.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.products') as seen (id)
join public.products t on t.id = seen.id
cross join lateral (select ('x' || substr(md5('viewed' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 100) < 30
on conflict do nothing;
