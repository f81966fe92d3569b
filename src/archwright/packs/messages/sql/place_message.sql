-- Under the conversation's lock a message is later than all before it, so that "read up to" is exact.
create function private.place_message() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_last timestamptz;
begin
  select c.last_message_at into v_last
  from public.conversations c
  where c.id = new.conversation_id
  for update;
  new.created_at := greatest(clock_timestamp(), v_last + interval '1 microsecond');
  return new;
end;
$$;
