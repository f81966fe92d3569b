-- One page of those whom the caller has muted, latest first.
create function public.muted_members(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (id uuid, handle text, display_name text, avatar_path text, created_at timestamptz)
language sql stable set search_path = '' as $$
  select p.id, p.handle, p.display_name, p.avatar_path, m.created_at
  from public.mutes m
  join public.profiles p on p.id = m.muted_id
  where m.muter_id = (select auth.uid())
    and (m.created_at, m.muted_id) < (p_before, p_before_id)
  order by m.created_at desc, m.muted_id desc
  limit least(greatest(p_limit, 1), 100)
$$;
