-- Whether the caller may see what a member shows: everyone may, unless the profile is private.
create function private.profile_open(p_profile uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.profiles p
    where p.id = p_profile
      and (
        not p.is_private
        or p.id = (select auth.uid())
/*% if has('follows') %*/
        or exists (
          select 1 from public.follows f
          where f.follower_id = (select auth.uid()) and f.followee_id = p.id and f.status = 'accepted'
        )
/*% endif %*/
      )
  )
$$;
