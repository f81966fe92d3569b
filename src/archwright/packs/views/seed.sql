-- About three in four members have seen each thing, most of them more than once within the last 60 days.
insert into public.thing_viewers (thing_id, viewer_id, last_viewed_at, created_at)
select t.id, p.id, now() - make_interval(hours => mod(k.n, 700)), now() - make_interval(days => 60)
from public.things t
cross join public.profiles p
cross join lateral (select ('x' || substr(md5('viewed' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 4) > 0
on conflict do nothing;

insert into public.thing_views (viewer_id, thing_id, viewed_on, watched_ms, completed)
select x.viewer_id, x.thing_id, ((now() at time zone 'UTC') - make_interval(days => d.n))::date, 2000 + mod(k.n, 40000), mod(k.n, 3) = 0
from public.thing_viewers x
cross join generate_series(0, 59) as d(n)
cross join lateral (select ('x' || substr(md5(d.n::text || x.thing_id || x.viewer_id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 12) = 0
on conflict do nothing;
