-- The second member is a moderator; two others have reported what they saw.
insert into public.user_roles (user_id, role)
select p.id, 'moderator' from public.profiles p order by p.id offset 1 limit 1;
/*% for t in targets %*/

insert into public.reports (reporter_id, /*= t.id|ident =*/, reason, details)
select p.id, t.id, r.reason::public.report_reason, r.details
from (values (0, 'spam', 'The same thing again and again.'), (1, 'misinformation', '')) as r (n, reason, details)
join (
  select id, row_number() over (order by id desc) - 1 as n from public.profiles
) p on p.n = r.n
join lateral (
  select x.id from public./*= t.table|ident =*/ x
  where x./*= t.owner|ident =*/ <> p.id
    and x./*= t.owner|ident =*/ <> (select id from public.profiles order by id offset 1 limit 1)
  order by x.id
  limit 1
) t on true
on conflict do nothing;
/*% endfor %*/
