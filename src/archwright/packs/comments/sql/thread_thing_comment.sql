-- Keeps threads one level deep: a reply to a reply joins the thread, and nothing follows what is deleted or removed.
create function private.thread_thing_comment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  parent record;
begin
  if new.parent_id is null then
    return new;
  end if;
  -- Before the parent is looked at: it could be deleted in the same moment.
  perform 1 from public.things t where t.id = new.thing_id for no key update;
  select c.parent_id, c.deleted_at, c.thread_removed, to_jsonb(c) ->> 'removed_at' as removed_at
  into parent
  from public.thing_comments c
  where c.id = new.parent_id and c.thing_id = new.thing_id;
  if not found
    or parent.deleted_at is not null
    or parent.removed_at is not null
    or parent.thread_removed
  then
    raise exception 'comment_is_deleted' using errcode = 'check_violation';
  end if;
  new.parent_id := coalesce(parent.parent_id, new.parent_id);
  return new;
end;
$$;
