-- Takes a comment out of its thread: the row goes, or stays empty and without an author while it has replies.
create function private.clear_thing_comment(p_comment_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  -- Whoever changes a thread holds the thing that it is about: no reply comes in between.
  perform 1
  from public.things t
  where t.id = (select c.thing_id from public.thing_comments c where c.id = p_comment_id)
  for no key update;

  if not exists (select 1 from public.thing_comments r where r.parent_id = p_comment_id) then
    delete from public.thing_comments c where c.id = p_comment_id;
    return;
  end if;
  update public.thing_comments c
  set author_id = null, body = '', deleted_at = now()
  where c.id = p_comment_id and c.deleted_at is null;
/*% if has('reports') %*/
  -- As with a row that goes: there is nothing left to decide about.
  delete from public.reports r where r.subject_id = p_comment_id;
/*% endif %*/
end;
$$;
