-- What people want to know before they buy, and who knew; who asks and answers what, follows from the ids.
with lines (n, question, answer) as (
  values
    (0, 'Can I send it back if it does not fit?', null),
    (1, 'Where is it made?', null),
    (2, 'How do you clean it?', 'A damp cloth is all I have used, for two years now.'),
    (3, 'Are there spare parts?', null),
    (4, 'Is it a good present for somebody who has everything?', 'My father uses it daily, and he is hard to please.'),
    (5, 'How is it packed?', null)
),
stuff as (
  select t.id, t.created_at, ('x' || substr(md5('asked' || t.id), 1, 6))::bit(24)::int as n
  from public.things t
),
asked as (
  insert into public.thing_questions (id, thing_id, author_id, body, created_at)
  select
    md5('thing question ' || l.n || s.id)::uuid, s.id, p.id, l.question,
    s.created_at + (now() - s.created_at) * (mod(s.n / (l.n + 3), 80) + 5) / 100.0
  from stuff s
  join lines l on mod(s.n / (l.n + 1), 5) < 2
  join lateral (
    select p.id
    from public.profiles p
    cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
    where seen.id = s.id
    order by md5(p.id::text || l.n || s.id)
    limit 1
  ) p on true
  on conflict do nothing
  returning id, thing_id, author_id, body, created_at
)
insert into public.thing_answers (id, question_id, author_id, body, created_at)
select
  md5('thing answer ' || a.id)::uuid, a.id, p.id, l.answer, a.created_at + (now() - a.created_at) * 0.2
from asked a
join lines l on l.question = a.body and l.answer is not null
join lateral (
  select p.id
  from public.profiles p
  cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
  where seen.id = a.thing_id and p.id <> a.author_id
  order by md5(p.id::text || a.id)
  limit 1
) p on true
on conflict do nothing;
/*% if has('stores') %*/

with lines (question, answer) as (
  values
    ('Can I send it back if it does not fit?', 'Yes, within thirty days, and the label is in the box.'),
    ('Where is it made?', 'In a workshop of eleven people, two streets from our shop.'),
    ('Are there spare parts?', 'For everything that moves. Write to us, most of them fit into an envelope.')
)
insert into public.thing_answers (id, question_id, author_id, body, created_at)
select
  md5('thing answer ' || q.id)::uuid, q.id, m.member_id, l.answer, q.created_at + (now() - q.created_at) * 0.1
from public.thing_questions q
join lines l on l.question = q.body
join public.things t on t.id = q.thing_id
join public.store_members m on m.store_id = (to_jsonb(t) ->> 'store_id')::uuid and m.role = 'owner'
on conflict do nothing;

-- The trigger asks who is signed in, which nobody is here.
update public.thing_answers a
set from_seller = true
from public.thing_questions q
join public.things t on t.id = q.thing_id
join public.store_members m on m.store_id = (to_jsonb(t) ->> 'store_id')::uuid and m.role = 'owner'
where q.id = a.question_id and a.author_id = m.member_id;
/*% endif %*/

insert into public.thing_answer_votes (answer_id, member_id, created_at)
select a.id, p.id, a.created_at + (now() - a.created_at) * 0.5
from public.thing_answers a
join public.thing_questions q on q.id = a.question_id
join public.profiles p on p.id <> a.author_id
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
where seen.id = q.thing_id
  and mod(('x' || substr(md5('useful' || a.id || p.id), 1, 6))::bit(24)::int, 100) < 22
on conflict do nothing;
