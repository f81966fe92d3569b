-- What people say about what they bought. Some things please nearly everybody and some divide opinions; who says what, and
-- when, follows from the ids. Nobody reviews what they sell.
with lines (stars, n, title, body) as (
  values
    (5, 0, 'Exactly what I hoped for', 'Three weeks of daily use and I still notice how well it is made. Nothing wobbles, nothing squeaks.'),
    (5, 1, 'Bought a second one', 'The first went to my sister, who would not give it back.'),
    (5, 2, 'Worth every cent', 'I hesitated because of the price. I should not have: it feels as if it will outlive me.'),
    (5, 3, 'Better than in the pictures', ''),
    (5, 4, 'Quick, well packed, lovely', 'Came in two days, without a gram of plastic, and with a handwritten card.'),
    (5, 5, '', ''),
    (4, 0, 'Very good, one small thing', 'Does all it promises. The instructions could be clearer: I found out about the second setting by accident.'),
    (4, 1, 'Solid', 'Not the cheapest, but you see where the money went. One star less for the smell on the first day, which is gone by now.'),
    (4, 2, 'Nearly perfect', 'A touch smaller than I imagined, so do read the measurements.'),
    (4, 3, '', ''),
    (3, 0, 'It is all right', 'Good material, but the finish is not even everywhere. For the price I expected a little more.'),
    (3, 1, 'Mixed feelings', 'My partner loves it, I do not quite see why. It works.'),
    (2, 0, 'Not for me', 'It looks good, but after a month the first thing came loose. The shop was friendly about it.'),
    (2, 1, 'Colour is off', 'In daylight it is much greyer than on the screen.'),
    (1, 0, 'Arrived broken', 'The box was dented and so was what was in it. A new one is on its way, I will say how that went.')
),
offered as (
  select t.id, t.created_at, mod(('x' || substr(md5('quality' || t.id), 1, 6))::bit(24)::int, 100) as charm
  from public.things t
),
said as (
  select
    t.id as thing_id, p.id as author_id, t.created_at,
    k.n,
    case
      when mod(k.n / 7, 100) < 30 + t.charm / 2 then 5
      when mod(k.n / 7, 100) < 55 + t.charm / 3 then 4
      when mod(k.n / 7, 100) < 75 + t.charm / 5 then 3
      when mod(k.n / 7, 100) < 90 then 2
      else 1
    end as stars
  from public.profiles p
  cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
  join offered t on t.id = seen.id
  cross join lateral (select ('x' || substr(md5('review' || t.id || p.id), 1, 6))::bit(24)::int as n) k
  where mod(k.n, 100) < 20 + t.charm / 2
/*% if target.owner %*/
    and not exists (select 1 from public.things own where own.id = t.id and own./*= target.owner =*/ = p.id)
/*% endif %*/
/*% if has('stores') %*/
    and not exists (
      select 1
      from public.things own
      join public.store_members m on m.store_id = (to_jsonb(own) ->> 'store_id')::uuid
      where own.id = t.id and m.member_id = p.id
    )
/*% endif %*/
)
insert into public.thing_reviews (id, thing_id, author_id, stars, title, body, created_at)
select
  md5('thing review ' || s.thing_id || s.author_id)::uuid, s.thing_id, s.author_id, s.stars, l.title, l.body,
  s.created_at + (now() - s.created_at) * (mod(s.n, 97) + 1) / 99.0
from said s
cross join lateral (select count(*) as many from lines x where x.stars = s.stars) c
join lines l on l.stars = s.stars and l.n = mod(s.n / 11, c.many::int)
on conflict do nothing;

insert into public.thing_review_votes (review_id, member_id, created_at)
select r.id, p.id, r.created_at + (now() - r.created_at) * (mod(k.n, 89) + 1) / 91.0
from public.thing_reviews r
join public.profiles p on p.id <> r.author_id
cross join lateral pg_temp.seen_by(p.id, 'public.things') as seen (id)
cross join lateral (select ('x' || substr(md5('helpful' || r.id || p.id), 1, 6))::bit(24)::int as n) k
where seen.id = r.thing_id
  and mod(k.n, 100) < case when r.body = '' then 1 else mod(('x' || substr(md5(r.id::text), 1, 4))::bit(16)::int, 30) end
on conflict do nothing;
/*% if has('stores') %*/

insert into public.thing_review_replies (review_id, author_id, body, created_at)
select
  r.id, m.member_id,
  case r.stars
    when 1 then 'We are sorry. A new one left us this morning, and you keep the old one for parts.'
    when 2 then 'Thank you for telling us. Please write to us: we would like to put it right.'
    else 'Thank you! We have passed this on to the workshop.'
  end,
  r.created_at + (now() - r.created_at) * 0.1
from public.thing_reviews r
join public.things t on t.id = r.thing_id
join public.store_members m on m.store_id = (to_jsonb(t) ->> 'store_id')::uuid and m.role = 'owner'
where r.body <> '' and r.stars <= 3 and mod(('x' || substr(md5('reply' || r.id), 1, 4))::bit(16)::int, 10) < 5
on conflict do nothing;
/*% endif %*/
