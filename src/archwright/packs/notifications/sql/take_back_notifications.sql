-- Takes back what one member was told of another.
create function private.take_back_notifications(p_recipient uuid, p_actor uuid) returns void
language sql security definer set search_path = '' as $$
  -- The entries first and in one order, and of no others: whoever adds to one has locked it before who is behind it.
  with named as (
    select n.id from public.notifications n
    join public.notification_actors a on a.notification_id = n.id
    where a.actor_id = p_actor and n.recipient_id = p_recipient
    order by n.id
    for no key update of n
  )
  delete from public.notification_actors a
  using named
  where a.notification_id = named.id and a.actor_id = p_actor
$$;
