-- Some of what everybody may see is passed on, at some time since it was published.
insert into public.thing_reposts (thing_id, user_id, created_at)
select t.id, p.id, t.created_at + (now() - t.created_at) * (mod(k.n, 89) / 89.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
join public.things t on t.id = seen.id
cross join lateral (select ('x' || substr(md5('repost' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 8) = 0 and coalesce(to_jsonb(t) ->> 'visibility', 'public') = 'public'
on conflict do nothing;

insert into public.thing_shares (thing_id, user_id, created_at)
select t.id, p.id, t.created_at + (now() - t.created_at) * (mod(k.n, 97) / 97.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
join public.things t on t.id = seen.id
cross join lateral (select ('x' || substr(md5('share' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 6) = 0 and coalesce(to_jsonb(t) ->> 'visibility', 'public') = 'public'
on conflict do nothing;
