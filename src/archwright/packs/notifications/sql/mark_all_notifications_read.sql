-- Marks all that the caller has been shown as read; what has come since stays new.
create function public.mark_all_notifications_read(p_until timestamptz) returns void
language sql set search_path = '' as $$
  update public.notifications
  set read_at = now()
  where recipient_id = (select auth.uid())
    and created_at <= p_until
    and read_at is null
$$;
