-- Empties a comment and marks it as deleted; the thing is locked first, as inserting a comment does.
create function private.erase_thing_comment(p_comment_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  found_comment record;
begin
  select c.thing_id, c.author_id/*% if target.owner %*/, t./*= target.owner =*/ as owner_id/*% endif %*/
  into found_comment
  from public.thing_comments c
  join public.things t on t.id = c.thing_id
  where c.id = p_comment_id;
  if not found then
    raise exception 'there is no such comment' using errcode = 'no_data_found';
  end if;
  if (select auth.uid()) is distinct from found_comment.author_id
/*% if target.owner %*/
    and (select auth.uid()) is distinct from found_comment.owner_id
/*% endif %*/
  then
    raise exception 'not your comment' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from public.things t where t.id = found_comment.thing_id for no key update;
  update public.thing_comments c
  set deleted_at = now(), body = ''
  where c.id = p_comment_id and c.deleted_at is null;
end;
$$;
