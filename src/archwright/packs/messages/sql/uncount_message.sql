-- A deleted message is not unread any more.
create function private.uncount_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.conversation_participants
  set unread_count = unread_count - 1
  where conversation_id = old.conversation_id
    and user_id <> old.sender_id
    and last_read_at < old.created_at;
  return null;
end;
$$;
