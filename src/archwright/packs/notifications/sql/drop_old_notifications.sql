-- Drops some of a member's news of more than 90 days ago: more than comes, so little that nobody has to wait.
create function private.drop_old_notifications(p_recipient uuid) returns void
language sql security definer set search_path = '' as $$
  with old as (
    select n.id from public.notifications n
    where n.recipient_id = p_recipient and n.created_at < now() - interval '90 days'
    order by n.created_at, n.id
    limit 1
    for update skip locked
  )
  delete from public.notification_actors a
  where (a.notification_id, a.actor_id) in (
    select b.notification_id, b.actor_id
    from public.notification_actors b
    where b.notification_id = (select old.id from old)
    order by b.created_at, b.actor_id
    limit 10
    for update skip locked
  )
$$;
