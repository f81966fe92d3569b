-- Takes back what one member was told of another.
create function private.take_back_notifications(p_recipient uuid, p_actor uuid) returns void
language sql security definer set search_path = '' as $$
  -- The entries first and in one order: whoever adds to them has locked them before who is behind them.
  select n.id from public.notifications n
  join public.notification_actors a on a.notification_id = n.id
  where a.actor_id = p_actor and n.recipient_id = p_recipient
  order by n.id
  for no key update of n;
  delete from public.notification_actors a
  using public.notifications n
  where n.id = a.notification_id and a.actor_id = p_actor and n.recipient_id = p_recipient;
$$;
