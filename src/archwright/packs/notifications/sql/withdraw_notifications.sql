-- Takes back what members were told of what is no longer so: the n-th of each list belong together.
create function private.withdraw_notifications(p_recipients uuid[], p_actors uuid[], p_groups text[]) returns void
language sql security definer set search_path = '' as $$
  -- The entries first and in one order, and of no others: whoever adds to one has locked it before who is behind it.
  -- What is older than 90 days is shown no more and dropped by others, who have locked it for that.
  with named as (
    select n.id, gone.actor_id
    from unnest(p_recipients, p_actors, p_groups) gone (recipient_id, actor_id, group_key)
    join public.notifications n on n.recipient_id = gone.recipient_id and n.group_key = gone.group_key
    join public.notification_actors a on a.notification_id = n.id and a.actor_id = gone.actor_id
    where n.created_at > now() - interval '90 days'
    order by n.id
    for no key update of n
  )
  delete from public.notification_actors a
  using named
  where a.notification_id = named.id and a.actor_id = named.actor_id
$$;
