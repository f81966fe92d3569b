-- Hides the replies with a comment that moderators remove, and shows them again with it.
create function private.hide_replies_of_thing_comment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.thing_comments c
  set thread_removed = (to_jsonb(new) ->> 'removed_at') is not null
  where c.parent_id = new.id;
  return null;
end;
$$;
