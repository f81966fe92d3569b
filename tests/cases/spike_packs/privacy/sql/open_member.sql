-- Whether a member's things are open to all; definer, because nobody reads the settings of others.
create function private.open_member(p_member uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.member_privacy m where m.user_id = p_member and m.is_open
  )
$$;
