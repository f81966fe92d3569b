-- Eight conversations of two; some end with what the other has not read yet.
with members as (
  select p.id, row_number() over (order by p.id) as n from public.profiles p
),
talks (n, one, other, age) as (
  values
    (1, 1, 2, interval '40 minutes'), (2, 1, 4, interval '6 hours'), (3, 1, 5, interval '3 days'),
    (4, 1, 8, interval '55 minutes'), (5, 2, 8, interval '26 hours'), (6, 5, 8, interval '4 days'),
    (7, 4, 7, interval '21 hours'), (8, 3, 5, interval '9 days')
)
insert into public.conversations (id, pair_key, created_at)
select md5('conversation ' || t.n)::uuid, one.id::text || ':' || other.id::text, now() - t.age
from talks t
join members one on one.n = t.one
join members other on other.n = t.other
on conflict do nothing;

insert into public.conversation_participants (conversation_id, user_id)
select c.id, member::uuid
from public.conversations c
cross join unnest(string_to_array(c.pair_key, ':')) as member
on conflict do nothing;

insert into public.messages (id, conversation_id, sender_id, body)
select md5('message ' || line.n)::uuid, c.id, split_part(c.pair_key, ':', line.side)::uuid, line.body
from (
  values
    (1, 3, 2, 'I drew your lake from memory. May I post it?'),
    (2, 3, 1, 'Please do, and tag me!'),
    (3, 3, 2, 'The ice looks like torn paper. I kept it that way.'),
    (4, 3, 1, 'That is what it sounds like, too.'),
    (5, 2, 1, 'Is that bench strong enough for two?'),
    (6, 2, 2, 'Three, if nobody dances on it.'),
    (7, 2, 1, 'It would stand by the water, in the rain.'),
    (8, 2, 2, 'Then oil it twice and bring it in for the winter.'),
    (9, 2, 2, 'I can send you the measurements tonight.'),
    (10, 1, 1, 'Your last one made me hungry. How long did it take?'),
    (11, 1, 2, 'Two days, and most of that is waiting.'),
    (12, 1, 1, 'I can wait. Would you show the first step slowly?'),
    (13, 1, 2, 'Tomorrow morning, with sound.'),
    (14, 4, 2, 'Hi Mara! I am new here, and I would like to try the lake.'),
    (15, 4, 1, 'Welcome! Can you swim well, and do you have somebody to come with?'),
    (16, 4, 2, 'Yes, and my sister, who thinks we are mad.'),
    (17, 4, 1, 'Bring her, sisters make the best tea. Saturday at eight?'),
    (18, 4, 1, 'And bring a woollen hat. The wet kind of cold is not the problem, the wind is.'),
    (19, 5, 2, 'My focaccia came out like a brick. What did I do?'),
    (20, 5, 1, 'How long did it rest?'),
    (21, 5, 2, 'One hour. I was hungry.'),
    (22, 5, 1, 'There it is. Overnight, in the fridge, covered.'),
    (23, 5, 2, 'I will be hungry at breakfast, then.'),
    (24, 6, 2, 'Your cat is now the background of my phone.'),
    (25, 6, 1, 'She would say that is where she belongs.'),
    (26, 6, 1, 'Do you draw, too?'),
    (27, 6, 2, 'Only on the backs of envelopes.'),
    (28, 6, 1, 'The best paper there is. Show me one some day.'),
    (29, 7, 1, 'The saw is a joy. What do I owe you?'),
    (30, 7, 2, 'A chair for my pupils. Any chair.'),
    (31, 7, 1, 'One that does not creak, I suppose.'),
    (32, 7, 2, 'If it creaks in G, it may stay.'),
    (33, 8, 1, 'There is a wall here that you have to draw.'),
    (34, 8, 2, 'Blue?'),
    (35, 8, 1, 'Forty kinds of it.'),
    (36, 8, 2, 'Then I will bring forty pencils.')
) as line (n, talk, side, body)
join public.conversations c on c.id = md5('conversation ' || line.talk)::uuid
order by line.n
on conflict do nothing;

-- A message is stamped when it is written: these were written a while ago, a few minutes apart.
update public.messages m
set created_at = c.created_at + interval '4 minutes' * placed.n
from public.conversations c
join (
  select x.id, x.conversation_id, row_number() over (partition by x.conversation_id order by x.created_at) as n
  from public.messages x
) as placed on placed.conversation_id = c.id
where m.id = placed.id;

update public.conversations c
set last_message_at = (select max(m.created_at) from public.messages m where m.conversation_id = c.id);

update public.conversation_participants p
set
  last_message_at = c.last_message_at,
  -- what one has written, one has seen; and what is older than two days as well
  last_read_at = case
    when c.last_message_at < now() - interval '2 days' then c.last_message_at
    else coalesce(
      (
        select max(m.created_at) from public.messages m
        where m.conversation_id = p.conversation_id and m.sender_id = p.user_id
      ),
      c.created_at
    )
  end
from public.conversations c
where c.id = p.conversation_id;

update public.conversation_participants p
set
  unread_count = (
    select count(*) from public.messages m
    where m.conversation_id = p.conversation_id
      and m.sender_id <> p.user_id
      and m.created_at > p.last_read_at
  );
