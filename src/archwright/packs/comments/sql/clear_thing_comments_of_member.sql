-- Clears the comments of a member who goes: in the order of things, whoever else is at it, and replies before threads.
create function private.clear_thing_comments_of_member() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.clear_thing_comment(own.id)
  from (
    select c.id
    from public.thing_comments c
    where c.author_id = old.id
    order by c.thing_id, c.parent_id nulls last, c.id
  ) own;
  return old;
end;
$$;
