-- About a third of all members like each thing, at some time since it was made; who and when, follows from the ids.
insert into public.thing_likes (thing_id, user_id, created_at)
select t.id, p.id, t.created_at + (now() - t.created_at) * (mod(k.n, 101) / 101.0)
from public.things t
cross join public.profiles p
cross join lateral (select ('x' || substr(md5(t.id::text || p.id::text), 1, 6))::bit(24)::int as n) k
where mod(k.n, 3) = 0
on conflict do nothing;
