-- Each member keeps some things, some of them in a first collection.
insert into public.thing_collections (id, user_id, name)
select md5('collection ' || p.id)::uuid, p.id, 'To try'
from public.profiles p
on conflict do nothing;

insert into public.thing_bookmarks (user_id, thing_id, collection_id, created_at)
select
  p.id,
  t.id,
  case when mod(k.n, 2) = 0 then md5('collection ' || p.id)::uuid end,
  t.created_at + (now() - t.created_at) * (mod(k.n, 83) / 83.0)
from public.profiles p
cross join public.things t
cross join lateral (select ('x' || substr(md5('saved' || t.id || p.id), 1, 6))::bit(24)::int as n) k
where mod(k.n, 5) < 2 and coalesce(to_jsonb(t) ->> 'visibility', 'public') = 'public'
on conflict do nothing;
