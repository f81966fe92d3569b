-- Whether the caller takes part in a conversation; definer, since participants are seen by participants only.
create function private.in_conversation(p_conversation uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.conversation_participants p
    where p.conversation_id = p_conversation and p.user_id = (select auth.uid())
  )
$$;
