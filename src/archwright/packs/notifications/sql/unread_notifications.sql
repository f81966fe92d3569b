-- How many entries the caller has not read, counted to 100 and no further.
create function public.unread_notifications() returns integer
language sql stable set search_path = '' as $$
  select count(*)::integer from (
    select 1 from public.notifications n
    where n.recipient_id = (select auth.uid())
      and n.read_at is null
      and n.created_at > now() - interval '90 days'
    order by n.created_at desc
    limit 100
  ) unread
$$;
