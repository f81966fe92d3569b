-- The first two members talk; the second has not read the end of it.
with pair as (
  select array_agg(p.id order by p.id) as ids
  from (select id from public.profiles order by id limit 2) p
)
insert into public.conversations (id, pair_key)
select md5('sample conversation')::uuid, ids[1]::text || ':' || ids[2]::text
from pair
where cardinality(ids) = 2
on conflict do nothing;

insert into public.conversation_participants (conversation_id, user_id)
select c.id, member::uuid
from public.conversations c
cross join unnest(string_to_array(c.pair_key, ':')) as member
where c.id = md5('sample conversation')::uuid
on conflict do nothing;

insert into public.messages (id, conversation_id, sender_id, body)
select md5('sample message ' || line.n)::uuid, c.id, split_part(c.pair_key, ':', line.side)::uuid, line.body
from public.conversations c
cross join (
  values
    (1, 1, 'Your last one made me hungry. How long did it take?'),
    (2, 2, 'Two days, and most of that is waiting.'),
    (3, 1, 'I can wait. Would you show the first step slowly?'),
    (4, 1, 'With sound, please!')
) as line (n, side, body)
where c.id = md5('sample conversation')::uuid
order by line.n
on conflict do nothing;
