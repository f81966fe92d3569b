-- About three in four of those who may see a thing have seen it, many of them on several days since it was made.
insert into public.thing_viewers (thing_id, viewer_id, last_viewed_at, created_at)
select
  t.id,
  p.id,
  t.created_at + (now() - t.created_at) * (0.4 + mod(k.n, 83) / 140.0),
  t.created_at + (now() - t.created_at) * 0.4 * (mod(k.n, 97) / 97.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
join public.things t on t.id = seen.id
cross join lateral (select ('x' || substr(md5('viewed' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 4) > 0
on conflict do nothing;

insert into public.thing_views (viewer_id, thing_id, viewed_on, watched_ms, completed)
select x.viewer_id, x.thing_id, day.at, sitting.milliseconds, sitting.milliseconds = length.milliseconds
from public.thing_viewers x
join public.things t on t.id = x.thing_id
cross join lateral generate_series((x.created_at at time zone 'UTC')::date, (now() at time zone 'UTC')::date, interval '1 day') as d (at)
cross join lateral (select d.at::date as at) day
cross join lateral (select ('x' || substr(md5((now()::date - day.at)::text || x.thing_id || x.viewer_id), 1, 6))::bit(24)::int as n) k
cross join lateral (select coalesce((to_jsonb(t) ->> 'duration_ms')::int, 30000) as milliseconds) length
cross join lateral (select least(length.milliseconds, 800 + mod(k.n, length.milliseconds * 2)) as milliseconds) sitting
where day.at = (x.created_at at time zone 'UTC')::date or mod(k.n, 4) = 0
on conflict do nothing;
