-- The seventh member has blocked the newest, and the first does not want to hear of them.
insert into public.blocks (blocker_id, blocked_id, created_at)
select p.id, newest.id, now() - interval '5 hours'
from (select id, row_number() over (order by id) as n from public.profiles) p
cross join (select id from public.profiles order by created_at desc, id desc limit 1) as newest
where p.n = 7 and p.id <> newest.id
on conflict do nothing;

insert into public.mutes (muter_id, muted_id, created_at)
select p.id, newest.id, now() - interval '3 hours'
from (select id, row_number() over (order by id) as n from public.profiles) p
cross join (select id from public.profiles order by created_at desc, id desc limit 1) as newest
where p.n = 1 and p.id <> newest.id
on conflict do nothing;
