-- Tells whether a member wants to hear of this
create or replace function private.wants_notice(recipient uuid, actor uuid, kind text)
returns boolean
language sql stable set search_path = '' as $$
  select recipient <> actor and kind <> ''
$$;
