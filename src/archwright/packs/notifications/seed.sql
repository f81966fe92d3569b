-- News came while things happened, not all at once; what is older than two days has been read.
update public.notifications n
set
  created_at = told.at,
  read_at = case when told.at < now() - interval '2 days' then told.at + interval '5 hours' end
from (
  select x.id, b.since + (now() - b.since) * (mod(k.n, 97) / 97.0) as at
  from public.notifications x
  cross join lateral (
    select greatest(
      now() - interval '20 days',
/*% for t in targets %*/
      (select (to_jsonb(s) ->> 'created_at')::timestamptz from public./*= t.table|ident =*/ s where s.id = x./*= t.id|ident =*/),
/*% endfor %*/
      (select p.created_at from public.profiles p where p.id = x.recipient_id),
      (select p.created_at from public.profiles p where p.id = x.actor_id)
    ) as since
  ) b
  cross join lateral (select ('x' || substr(md5(x.recipient_id || x.group_key), 1, 6))::bit(24)::int as n) k
) as told
where told.id = n.id;
