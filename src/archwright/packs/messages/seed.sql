-- The first member talks with three others, and has not read the end of two of the conversations.
with members as (
  select p.id, row_number() over (order by p.id) as n from public.profiles p
),
talks (n, other, age) as (
  values (1, 2, interval '40 minutes'), (2, 4, interval '6 hours'), (3, 5, interval '3 days')
)
insert into public.conversations (id, pair_key, created_at)
select md5('conversation ' || t.n)::uuid, one.id::text || ':' || other.id::text, now() - t.age
from talks t
join members one on one.n = 1
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
    (3, 2, 1, 'Is that bench strong enough for two?'),
    (4, 2, 2, 'Three, if nobody dances on it.'),
    (5, 2, 2, 'I can send you the measurements tonight.'),
    (6, 1, 1, 'Your last one made me hungry. How long did it take?'),
    (7, 1, 2, 'Two days, and most of that is waiting.'),
    (8, 1, 1, 'I can wait. Would you show the first step slowly?'),
    (9, 1, 2, 'Tomorrow morning, with sound.')
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
  -- what one has written, one has seen
  last_read_at = coalesce(
    (
      select max(m.created_at) from public.messages m
      where m.conversation_id = p.conversation_id and m.sender_id = p.user_id
    ),
    c.created_at
  )
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
