insert into public.thing_reposts (thing_id, user_id, created_at)
select t.id, p.id, now() - make_interval(hours => mod(k.n, 200))
from public.things t
cross join public.profiles p
cross join lateral (select ('x' || substr(md5('repost' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 8) = 0
on conflict do nothing;

insert into public.thing_shares (thing_id, user_id)
select t.id, p.id
from public.things t
cross join public.profiles p
where mod(('x' || substr(md5('share' || t.id || p.id), 1, 6))::bit(24)::int, 6) = 0
on conflict do nothing;
