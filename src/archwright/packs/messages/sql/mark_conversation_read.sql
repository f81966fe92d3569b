-- Marks the caller's conversation as read up to a message's time.
create function public.mark_conversation_read(p_conversation uuid, p_until timestamptz) returns void
language sql set search_path = '' as $$
  select private.read_conversation(p_conversation, p_until)
$$;
