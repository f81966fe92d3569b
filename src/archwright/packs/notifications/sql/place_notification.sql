-- Keeps one unread row for each actor and entry, drops what is older than 90 days, hides who moderates.
create function private.place_notification() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_day date := (new.created_at at time zone 'UTC')::date;
begin
  delete from public.notifications
  where recipient_id = new.recipient_id and created_at < now() - interval '90 days';
/*% if has('reports') %*/
  -- The team speaks as the app: the actor is the recipient, so that no moderator is named.
  if new.kind in ('report_resolved', 'content_removed', 'member_suspended') then
    new.actor_id := new.recipient_id;
    return new;
  end if;
/*% endif %*/
  if exists (
    select 1 from public.notifications n
    where n.recipient_id = new.recipient_id and n.group_key = new.group_key and n.day = v_day
      and n.actor_id = new.actor_id and n.read_at is null
  ) then
    return null;
  end if;
  -- Read already: the news replaces it, so that one actor counts once.
  delete from public.notifications
  where recipient_id = new.recipient_id and group_key = new.group_key and day = v_day
    and actor_id = new.actor_id;
  return new;
end;
$$;
