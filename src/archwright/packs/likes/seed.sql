-- Some things please a few and some most of those who may see them, answers fewer; who and when, follows from the ids.
insert into public.thing_likes (thing_id, user_id, created_at)
select t.id, p.id, t.created_at + (now() - t.created_at) * (mod(k.n, 101) / 101.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
join public.things t on t.id = seen.id
cross join lateral (select ('x' || substr(md5(t.id::text || p.id::text), 1, 6))::bit(24)::int as n) k
cross join lateral (select mod(('x' || substr(md5('charm' || t.id), 1, 6))::bit(24)::int, 100) as percent) charm
where mod(k.n, 100) < charm.percent * charm.percent / 150 + case when to_jsonb(t) ? 'parent_id' then 0 else 25 end
on conflict do nothing;
