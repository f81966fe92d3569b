-- Marks one entry of the caller's news as read.
create function public.mark_notifications_read(p_group_key text, p_day date) returns void
language sql set search_path = '' as $$
  update public.notifications
  set read_at = now()
  where recipient_id = (select auth.uid())
    and group_key = p_group_key
    and day = p_day
    and read_at is null
$$;
