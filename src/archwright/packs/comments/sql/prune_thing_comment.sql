-- Removes a deleted comment with the last of its replies.
create function private.prune_thing_comment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.thing_comments c
  where c.id = old.parent_id
    and c.deleted_at is not null
    and not exists (select 1 from public.thing_comments r where r.parent_id = old.parent_id);
  return null;
end;
$$;
