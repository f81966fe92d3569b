-- Definer: a block hides the other's profile, and whoever blocked must still be able to undo it.
create function private.own_blocked_members(
  p_before timestamptz,
  p_before_id uuid,
  p_limit integer
) returns table (id uuid, handle text, display_name text, avatar_path text, created_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.handle, p.display_name, p.avatar_path, b.created_at
  from public.blocks b
  join public.profiles p on p.id = b.blocked_id
  where b.blocker_id = (select auth.uid())
    and (b.created_at, b.blocked_id) < (p_before, p_before_id)
  order by b.created_at desc, b.blocked_id desc
  limit least(greatest(p_limit, 1), 100)
$$;
