with members as (
  select id, row_number() over (order by id) - 1 as n, count(*) over () as total from public.profiles
),
subjects as (
  select id, created_at, row_number() over (order by id) - 1 as n from public.things
),
lines (n, body) as (
  values
    (0, 'Watched this three times in a row and I still smile.'),
    (1, 'How long did this take you?'),
    (2, 'The light in this one is unreal.'),
    (3, 'Saving this for the weekend!'),
    (4, 'My grandmother taught me the same trick.'),
    (5, 'Okay, now I have to try it.')
)
insert into public.thing_comments (id, thing_id, author_id, body, created_at)
select md5('comment ' || l.n || ' ' || s.id)::uuid, s.id, m.id, l.body, s.created_at + (now() - s.created_at) * ((l.n * 7 + s.n % 5 + 1) / 60.0)
from subjects s
join lines l on (s.n + l.n) % 3 < 2
join members m on m.n = (s.n + l.n * 3) % m.total
on conflict (id) do nothing;

with members as (
  select id, row_number() over (order by id) - 1 as n, count(*) over () as total from public.profiles
),
threads as (
  select id, thing_id, created_at, row_number() over (order by id) - 1 as n
  from public.thing_comments
  where parent_id is null
)
insert into public.thing_comments (id, thing_id, parent_id, author_id, body, created_at)
select md5('reply ' || t.id)::uuid, t.thing_id, t.id, m.id,
  (array['Same here!', 'Thank you, that means a lot.', 'Ask me again tomorrow.', 'An afternoon, mostly waiting.'])[1 + t.n % 4],
  t.created_at + (now() - t.created_at) * 0.2
from threads t
join members m on m.n = (t.n * 5 + 1) % m.total
where t.n % 3 = 0
on conflict (id) do nothing;
