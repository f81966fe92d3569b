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
    entry.actors, entry.unread, n.created_at
  from public.notifications n
  join public.profiles a on a.id = n.actor_id
  cross join lateral (
    select count(distinct g.actor_id) as actors, bool_or(g.read_at is null) as unread
    from public.notifications g
    where g.recipient_id = n.recipient_id and g.group_key = n.group_key and g.day = n.day
  ) entry
  where n.recipient_id = (select auth.uid())
    and (n.created_at, n.id) < (p_before, p_before_id)
    -- An entry stands where its latest row is.
    and not exists (
      select 1 from public.notifications later
      where later.recipient_id = n.recipient_id
        and later.group_key = n.group_key
        and later.day = n.day
        and (later.created_at, later.id) > (n.created_at, n.id)
    )
  order by n.created_at desc, n.id desc
  limit least(greatest(p_limit, 1), 100)
$$;
