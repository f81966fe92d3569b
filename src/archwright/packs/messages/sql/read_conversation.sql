-- Definer: clients write no counts. Under the row's lock the count is exact, whoever writes meanwhile.
create function private.read_conversation(p_conversation uuid, p_until timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_read timestamptz;
begin
  select greatest(p.last_read_at, least(p_until, clock_timestamp())) into v_read
  from public.conversation_participants p
  where p.conversation_id = p_conversation and p.user_id = v_me
  for update;
  if not found then
    return;
  end if;
  update public.conversation_participants p
  set
    last_read_at = v_read,
    unread_count = (
      select count(*) from public.messages m
      where m.conversation_id = p_conversation and m.sender_id <> v_me and m.created_at > v_read
    )
  where p.conversation_id = p_conversation and p.user_id = v_me;
end;
$$;
