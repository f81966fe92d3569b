-- Whether a member is to be told of something that another one did.
create function private.notification_wanted(p_recipient uuid, p_actor uuid, p_kind text) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select 1 from public.notification_opt_outs o
    where o.user_id = p_recipient and o.kind = p_kind
  )
/*% if has('blocks') %*/
  and not exists (
    select 1 from public.blocks b
    where (b.blocker_id = p_recipient and b.blocked_id = p_actor)
      or (b.blocker_id = p_actor and b.blocked_id = p_recipient)
  )
  and not exists (
    select 1 from public.mutes m
    where m.muter_id = p_recipient and m.muted_id = p_actor
  )
/*% endif %*/
$$;
