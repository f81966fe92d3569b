-- Puts what happened into the entry of its thing and day, each member once, and hides who moderates.
create function private.place_notification() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_day date := (new.created_at at time zone 'UTC')::date;
  v_entry uuid;
  v_read boolean;
begin
  perform private.drop_old_notifications(new.recipient_id);
/*% if has('reports') %*/
  -- The team speaks as the app: the actor is the recipient, so that no moderator is named.
  if new.kind in ('report_resolved', 'content_removed', 'member_suspended') then
    new.actor_id := new.recipient_id;
  end if;
/*% endif %*/
  -- Whoever adds to the entry at once waits here; one that went in the meantime is made anew.
  loop
    select n.id, n.read_at is not null into v_entry, v_read
    from public.notifications n
    where n.recipient_id = new.recipient_id and n.group_key = new.group_key and n.day = v_day
    for no key update;
    exit when found;
    insert into public.notifications (
      recipient_id, kind, group_key, created_at/*% for t in targets %*/, /*= t.id|ident =*//*% endfor %*/

    ) values (
      new.recipient_id, new.kind, new.group_key, new.created_at/*% for t in targets %*/, new./*= t.id|ident =*//*% endfor %*/

    ) on conflict do nothing;
  end loop;
  insert into public.notification_actors (notification_id, actor_id, created_at)
  values (v_entry, new.actor_id, new.created_at)
  on conflict do nothing;
  -- The same member again is news only once the entry has been read; what the app says always is.
  if not found and (v_read or new.actor_id = new.recipient_id) then
    update public.notification_actors a set created_at = new.created_at
    where a.notification_id = v_entry and a.actor_id = new.actor_id;
  end if;
  return null;
end;
$$;
