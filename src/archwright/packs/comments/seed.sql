-- What was said about the sample videos; what has no line of its own gets some that fit anything.
with said (thing, n, person, share, body) as (
  values
    ('a001', 1, 19, 0.10, 'Two minutes at four degrees is no small feat. Was your head up the whole time?'),
    ('a001', 2, 2, 0.25, 'I am cold just from watching. Tea is ready whenever you come to Bologna.'),
    ('a001', 3, 8, 0.42, 'How do you start? I only got to my knees last week.'),
    ('a001', 4, 5, 0.66, 'That orange dot in all the blue. May I draw it?'),
    ('a002', 1, 13, 0.12, 'How wet is that dough? Mine sticks to everything.'),
    ('a002', 2, 1, 0.20, 'Day two smells better through the screen than my whole kitchen.'),
    ('a002', 3, 10, 0.35, 'My kids now want to poke holes into everything.'),
    ('a002', 4, 3, 0.50, 'Rosemary from the garden or from a pot?'),
    ('a002', 5, 8, 0.71, 'Saving this for Saturday.'),
    ('a003', 1, 12, 0.08, 'One of the remodelled ones. You can hear the gears on the hill.'),
    ('a003', 2, 9, 0.21, 'I cycled behind it once. Never again on those rails.'),
    ('a003', 3, 17, 0.33, 'The flower pots make this one for me.'),
    ('a003', 4, 1, 0.52, 'The pink house: who lives behind those windows?'),
    ('a003', 5, 20, 0.80, 'Get 1000 followers in one day, see my profile!!'),
    ('a004', 1, 7, 0.06, 'Glad the saw found a good home. Keep it dry!'),
    ('a004', 2, 16, 0.22, 'How do you get the boards off without splitting them?'),
    ('a004', 3, 10, 0.37, 'Three people on it, or two?'),
    ('a004', 4, 15, 0.55, 'This needs a pot of basil on each end.'),
    ('a004', 5, 2, 0.74, 'Do you take orders from Bologna?'),
    ('a005', 1, 18, 0.05, 'I have watched this nine times.'),
    ('a005', 2, 17, 0.16, 'The tail last! I always start there and regret it.'),
    ('a005', 3, 8, 0.31, 'How long did you practise before it was one line?'),
    ('a005', 4, 1, 0.49, 'Number two hundred and one is perfect.'),
    ('a005', 5, 20, 0.93, 'Grow your page fast, see my profile!!'),
    ('a006', 1, 14, 0.09, 'G, C, D and the whole evening is saved.'),
    ('a006', 2, 16, 0.24, 'Which strings are those? They sound warm.'),
    ('a006', 3, 5, 0.40, 'My left hand hurts in sympathy.'),
    ('a006', 4, 4, 0.63, 'I learnt these three from you, @oscar.w, and still play nothing else.'),
    ('a007', 1, 13, 0.07, 'Finally somebody shows this part.'),
    ('a007', 2, 10, 0.18, 'Flat bread is still bread.'),
    ('a007', 3, 19, 0.34, 'Was the starter hungry?'),
    ('a007', 4, 8, 0.52, 'The sinking at the end. I felt that.'),
    ('a007', 5, 7, 0.77, 'You could tile a roof with it. Ask @ines.'),
    ('a008', 1, 11, 0.11, 'I fell asleep to this, and I mean it kindly.'),
    ('a008', 2, 14, 0.26, 'What did you record with?'),
    ('a008', 3, 9, 0.44, 'Is that crackling the ice?'),
    ('a008', 4, 3, 0.69, 'Nobody told me that lakes hum.'),
    ('a009', 1, 17, 0.06, 'The one with the rings, near the beginning. Which street?'),
    ('a009', 2, 12, 0.19, 'I counted them. You owe me twenty minutes.'),
    ('a009', 3, 4, 0.38, 'The joints are so thin. How old is that wall?'),
    ('a009', 4, 15, 0.60, 'Blue calms me down.'),
    ('a010', 1, 1, 0.14, 'June feels far away now. Thank you for this.'),
    ('a010', 2, 5, 0.36, 'The orange one sat on my sketchbook for a whole minute!'),
    ('a011', 1, 11, 0.05, 'The sound alone sharpened something in me.'),
    ('a011', 2, 16, 0.17, 'Which grit do you finish on?'),
    ('a011', 3, 7, 0.41, 'So that is why mine only bends the wood.'),
    ('a011', 4, 9, 0.68, 'Both hands behind the edge, everyone.')
)
insert into public.thing_comments (id, thing_id, author_id, body, created_at)
select
  md5('comment ' || s.n || ' ' || t.id)::uuid, t.id, p.id, s.body, t.created_at + (now() - t.created_at) * s.share
from said s
join public.things t on t.id = ('00000000-0000-4000-8000-00000000' || s.thing)::uuid
join public.profiles p on p.id = ('00000000-0000-4000-8000-' || lpad(s.person::text, 12, '0'))::uuid
on conflict (id) do nothing;

with answered (thing, n, place, person, body) as (
  values
    ('a001', 1, 1, 1, 'The whole time. The cap is the only warm part of this.'),
    ('a001', 3, 1, 1, 'Knees is how everyone starts. Go with somebody, and stay short.'),
    ('a001', 3, 2, 19, 'And dry your feet first. Nobody tells you that.'),
    ('a002', 1, 1, 2, 'Eighty per cent water. Wet the hands, not the dough.'),
    ('a002', 4, 1, 2, 'From the neighbour. She gets the corner piece.'),
    ('a003', 1, 1, 3, 'Every morning at seven, better than an alarm.'),
    ('a003', 4, 1, 3, 'A retired conductor, I am not making this up.'),
    ('a004', 1, 1, 4, 'Oiled it the same evening.'),
    ('a004', 2, 1, 4, 'Saw through the nails from behind, do not lever.'),
    ('a005', 2, 1, 5, 'The tail decides how heavy the cat is. So it waits.'),
    ('a005', 3, 1, 5, 'About two hundred bad cats.'),
    ('a006', 2, 1, 7, 'Old ones. I should have changed them in spring.'),
    ('a006', 4, 1, 7, 'Then you play a thousand songs.'),
    ('a007', 2, 1, 2, 'With enough butter, yes.'),
    ('a007', 3, 1, 2, 'Starving. I was away for a week.'),
    ('a007', 5, 1, 3, 'Only if it comes in blue.'),
    ('a008', 2, 1, 1, 'A cheap hydrophone on a long pole, and patience.'),
    ('a008', 3, 1, 1, 'Yes. It sings when the sun comes up.'),
    ('a009', 1, 1, 3, 'Rua das Janelas Verdes, on the left going down.'),
    ('a009', 3, 1, 3, 'About 1860, says the woman in the shop.'),
    ('a010', 1, 1, 6, 'Come by when it is June again.'),
    ('a011', 2, 1, 4, 'Six thousand, then leather.')
)
insert into public.thing_comments (id, thing_id, parent_id, author_id, body, created_at)
select
  md5('reply ' || a.place || ' ' || c.id)::uuid, c.thing_id, c.id, p.id, a.body,
  c.created_at + (now() - c.created_at) * 0.15 * a.place
from answered a
join public.thing_comments c
  on c.id = md5('comment ' || a.n || ' ' || ('00000000-0000-4000-8000-00000000' || a.thing)::uuid)::uuid
join public.profiles p on p.id = ('00000000-0000-4000-8000-' || lpad(a.person::text, 12, '0'))::uuid
on conflict (id) do nothing;

with lines (n, body) as (
  values
    (0, 'I came back to this three times today.'),
    (1, 'How long did this take you?'),
    (2, 'This is what I was looking for.'),
    (3, 'Saving this for the weekend!'),
    (4, 'My grandmother would have liked it.'),
    (5, 'Okay, now I have to try it.')
),
stuff as (
  select t.id, t.created_at, row_number() over (order by t.id) - 1 as n
  from public.things t
  where t.id::text not like '00000000-0000-4000-8000-00000000a___'
)
insert into public.thing_comments (id, thing_id, author_id, body, created_at)
select
  md5('comment ' || l.n || ' ' || t.id)::uuid, t.id, p.id, l.body,
  t.created_at + (now() - t.created_at) * ((l.n * 7 + t.n % 5 + 1) / 60.0)
from stuff t
join lines l on (t.n + l.n) % 3 < 2
join (select id, row_number() over (order by id) - 1 as n, count(*) over () as total from public.profiles) p
  on p.n = (t.n + l.n * 3) % p.total
where exists (select 1 from pg_temp.seen_by(p.id, 'public.things') as seen (id) where seen.id = t.id)
on conflict (id) do nothing;
