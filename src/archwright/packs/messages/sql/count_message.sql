-- A new message moves its conversation to the top for everyone, and counts as unread for the others.
create function private.count_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.conversations
  set last_message_at = new.created_at
  where id = new.conversation_id;
  perform 1 from public.conversation_participants p
  where p.conversation_id = new.conversation_id
  order by p.user_id
  for update;
  update public.conversation_participants
  set
    last_message_at = new.created_at,
    unread_count = case when user_id = new.sender_id then 0 else unread_count + 1 end,
    last_read_at = case when user_id = new.sender_id then new.created_at else last_read_at end
  where conversation_id = new.conversation_id;
  return null;
end;
$$;
