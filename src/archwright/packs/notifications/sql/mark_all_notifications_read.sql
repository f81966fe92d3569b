-- Marks all that the caller has been shown as read; what has come since or is just coming stays new.
create function public.mark_all_notifications_read(p_until timestamptz) returns void
language sql set search_path = '' as $$
  with shown as (
    select n.id from public.notifications n
    where n.recipient_id = (select auth.uid())
      and n.created_at <= p_until
      and n.read_at is null
    -- An entry that is locked is about to have news: to wait for it could be to wait in a circle.
    for no key update skip locked
  )
  update public.notifications n
  set read_at = now()
  from shown
  where n.id = shown.id
$$;
