-- Each member keeps some things of others, part of them in one of two collections.
insert into public.thing_collections (id, user_id, name, created_at)
select md5('collection ' || c.name || p.id)::uuid, p.id, c.name, greatest(p.created_at, now() - c.age)
from public.profiles p
cross join (values ('To try', interval '30 days'), ('Rainy days', interval '1 day')) as c (name, age)
on conflict do nothing;

insert into public.thing_bookmarks (user_id, thing_id, collection_id, created_at)
select
  p.id,
  t.id,
  case mod(k.n, 3)
    when 0 then md5('collection To try' || p.id)::uuid
    when 1 then md5('collection Rainy days' || p.id)::uuid
  end,
  t.created_at + (now() - t.created_at) * (mod(k.n, 83) / 83.0)
from public.profiles p
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
join public.things t on t.id = seen.id
cross join lateral (select ('x' || substr(md5('saved' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 5) < 2 and coalesce(to_jsonb(t) ->> 'visibility', 'public') = 'public'
on conflict do nothing;
