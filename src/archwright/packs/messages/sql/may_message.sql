-- Whether one member may write to another: not across a block, to a private profile as a follower or in answer.
create function private.may_message(p_from uuid, p_to uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.profiles p
    where p.id = p_to
      and p_from <> p_to
/*% if has('follows') %*/
      and (
        not p.is_private
        or exists (
          select 1 from public.follows f
          where f.follower_id = p_from and f.followee_id = p_to and f.status = 'accepted'
        )
        or exists (
          select 1 from public.conversations c
          where c.pair_key = least(p_from, p_to)::text || ':' || greatest(p_from, p_to)::text
        )
      )
/*% endif %*/
/*% if has('blocks') %*/
      and not exists (
        select 1 from public.blocks b
        where (b.blocker_id = p_from and b.blocked_id = p_to)
          or (b.blocker_id = p_to and b.blocked_id = p_from)
      )
/*% endif %*/
  )
$$;
