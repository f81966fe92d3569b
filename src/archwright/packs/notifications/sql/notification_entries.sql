-- One page of the caller's news, latest first: what happened to one thing on one day is one entry.
create function public.notification_entries(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (
  id uuid,
  kind text,
  group_key text,
  day date,
  subject_id uuid,
  actor_id uuid,
  actor_handle text,
  actor_name text,
  actor_avatar_path text,
  actor_count bigint,
  is_unread boolean,
  created_at timestamptz
)
language sql stable set search_path = '' as $$
  select
    n.id, n.kind, n.group_key, n.day,
/*% if targets %*/
    coalesce(/*% for t in targets %*//*% if not loop.first %*/, /*% endif %*/n./*= t.id|ident =*//*% endfor %*/),
/*% else %*/
    null::uuid,
/*% endif %*/
    n.actor_id, a.handle, a.display_name, a.avatar_path,
    n.actor_count, n.read_at is null, n.created_at
  from public.notifications n
  join public.profiles a on a.id = n.actor_id
  where n.recipient_id = (select auth.uid())
    and (n.created_at, n.id) < (p_before, p_before_id)
    and n.created_at > now() - interval '90 days'
  order by n.created_at desc, n.id desc
  limit least(greatest(p_limit, 1), 100)
$$;
