-- The second member is a moderator; two others have reported what they saw, if they can the newest member's.
insert into public.user_roles (user_id, role)
select p.id, 'moderator' from public.profiles p order by p.id offset 1 limit 1;
/*% for t in targets %*/

insert into public.reports (reporter_id, /*= t.id|ident =*/, reason, details, created_at)
select
  p.id,
  t.id,
  case when t.by_newest then 'spam' else 'copyright' end::public.report_reason,
  case
    when p.n = 3 then ''
    when t.by_newest then 'The same words under one post after the other.'
    else 'I have seen this before, and it was somebody else who made it.'
  end,
  now() - interval '10 minutes' * p.n
from (select id, row_number() over (order by id) as n from public.profiles) p
join lateral (
  select x.id, x./*= t.owner|ident =*/ = newest.id as by_newest
  from public./*= t.table|ident =*/ x
  join pg_temp.seen_by(p.id, 'public./*= t.table|ident =*/') as seen (id) on seen.id = x.id
  cross join (select id from public.profiles order by created_at desc, id desc limit 1) as newest
  where x./*= t.owner|ident =*/ <> p.id
    and x./*= t.owner|ident =*/ <> (select id from public.profiles order by id offset 1 limit 1)
  order by by_newest desc, x.id desc
  limit 1
) t on true
where p.n in (3, 8)
on conflict do nothing;
/*% endfor %*/
