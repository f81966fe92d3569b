-- Clears a comment for its author, or for the owner of the thing that it is on. What is gone already is no mistake.
create function private.erase_thing_comment(p_comment_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  found_comment record;
begin
  select c.author_id/*% if target.owner %*/, t./*= target.owner =*/ as owner_id/*% endif %*/
  into found_comment
  from public.thing_comments c
  join public.things t on t.id = c.thing_id
  where c.id = p_comment_id and c.deleted_at is null;
  if not found then
    return;
  end if;
  if (select auth.uid()) is distinct from found_comment.author_id
/*% if target.owner %*/
    and (select auth.uid()) is distinct from found_comment.owner_id
/*% endif %*/
  then
    raise exception 'not your comment' using errcode = 'insufficient_privilege';
  end if;
  perform private.clear_thing_comment(p_comment_id);
end;
$$;
