-- Whether there is someone left in a conversation whom the caller may write to.
create function private.may_write_in(p_conversation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.conversation_participants p
    where p.conversation_id = p_conversation
      and p.user_id <> (select auth.uid())
/*% if has('blocks') %*/
      and not exists (
        select 1 from public.blocks b
        where (b.blocker_id = p.user_id and b.blocked_id = (select auth.uid()))
          or (b.blocker_id = (select auth.uid()) and b.blocked_id = p.user_id)
      )
/*% endif %*/
  )
$$;
