-- A small town: most know Mara and Teo. Runa accepts her followers herself, and two are waiting.
insert into public.follows (follower_id, followee_id, status, created_at)
select
  ('00000000-0000-4000-8000-' || lpad(link.follower::text, 12, '0'))::uuid,
  ('00000000-0000-4000-8000-' || lpad(link.followee::text, 12, '0'))::uuid,
  link.status::public.follow_status,
  now() - link.age
from (
  values
    (2, 1, 'accepted', interval '300 days'), (3, 1, 'accepted', interval '280 days'),
    (4, 1, 'accepted', interval '200 days'), (5, 1, 'accepted', interval '150 days'),
    (6, 1, 'accepted', interval '100 days'), (7, 1, 'accepted', interval '40 days'),
    (8, 1, 'accepted', interval '5 days'), (1, 2, 'accepted', interval '299 days'),
    (3, 2, 'accepted', interval '250 days'), (5, 2, 'accepted', interval '140 days'),
    (7, 2, 'accepted', interval '33 days'), (8, 2, 'accepted', interval '5 days'),
    (1, 3, 'accepted', interval '270 days'), (4, 3, 'accepted', interval '190 days'),
    (3, 4, 'accepted', interval '189 days'), (1, 4, 'accepted', interval '120 days'),
    (1, 5, 'accepted', interval '149 days'), (2, 5, 'accepted', interval '90 days'),
    (6, 5, 'accepted', interval '88 days'), (8, 5, 'accepted', interval '4 days'),
    (1, 6, 'accepted', interval '99 days'), (5, 6, 'accepted', interval '87 days'),
    (7, 6, 'pending', interval '12 days'), (8, 6, 'pending', interval '3 days'),
    (2, 7, 'accepted', interval '30 days'), (4, 7, 'accepted', interval '55 days'),
    (9, 3, 'accepted', interval '80 days'), (9, 4, 'accepted', interval '31 days'),
    (1, 8, 'accepted', interval '4 days'), (5, 8, 'accepted', interval '2 days')
) as link (follower, followee, status, age);

-- The others follow about half of those who publish something for everybody.
insert into public.follows (follower_id, followee_id, status, created_at)
select p.id, a.id, 'accepted', greatest(p.created_at, a.created_at) + (now() - greatest(p.created_at, a.created_at)) * (mod(k.n, 89) / 89.0)
from public.profiles p
join public.profiles a on a.id <> p.id and not a.is_private and a.id::text < '00000000-0000-4000-8000-000000000008'
cross join lateral (select ('x' || substr(md5('follow' || p.id || a.id), 1, 6))::bit(24)::int as n) k
where p.id::text > '00000000-0000-4000-8000-000000000008' and mod(k.n, 5) < 3
on conflict do nothing;
