-- One page of those whom the caller has blocked, latest first.
create function public.blocked_members(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (id uuid, handle text, display_name text, avatar_path text, created_at timestamptz)
language sql stable set search_path = '' as $$
  select b.id, b.handle, b.display_name, b.avatar_path, b.created_at
  from private.own_blocked_members(p_before, p_before_id, p_limit) b
$$;
