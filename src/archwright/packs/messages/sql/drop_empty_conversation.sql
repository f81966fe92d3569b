-- A conversation goes with its last member, and with it the members' ids in its key.
create function private.drop_empty_conversation() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.conversations c
  where c.id = old.conversation_id
    and not exists (
      select 1 from public.conversation_participants p where p.conversation_id = c.id
    );
  return null;
end;
$$;
